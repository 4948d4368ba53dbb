package dev.myproxy.it.same;

import dev.myproxy.peers.PayloadWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The rest of a line of a script, word by word.
 *
 * <pre>
 * "text"          UTF-8; \n \t \0 \" \\ and \xff stand for what they usually do
 * x00ff           bytes
 * u8:1 u16:1 u24:1 u32:1 u64:1      integers, little endian; lenenc:1 length-encoded
 * lenenc:"text"   bytes behind their length; lenenc:x00ff too
 * </pre>
 *
 * A word that begins with an at sign is the id of the prepared statement of that name, or, as {@code no_attributes}, an empty
 * block of query attributes where such were negotiated. Behind other words, {@code *n} repeats it.
 */
final class Words {

    private static final String NO_ATTRIBUTES = "no_attributes";

    private final String line;
    private int at;

    Words(String line) {
        this.line = line;
        skipBlanks();
    }

    boolean isEmpty() {
        return at == line.length();
    }

    /** Whether a word begins with something. */
    boolean startWith(String prefix) {
        return line.startsWith(prefix, at);
    }

    /** Takes a word that is a name or a number. */
    String word() {
        int start = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw new IllegalArgumentException("something is missing at the end");
        }
        String word = line.substring(start, at);
        skipBlanks();
        return word;
    }

    /** Takes a word if it is this one. */
    boolean take(String wanted) {
        int end = at + wanted.length();
        if (!startWith(wanted) || (end < line.length() && !Character.isWhitespace(line.charAt(end)))) {
            return false;
        }
        at = end;
        skipBlanks();
        return true;
    }

    /** Takes all that is left, as it is. */
    String rest() {
        String rest = line.substring(at);
        at = line.length();
        return rest;
    }

    /** Takes a text in quotes, or a plain word. */
    String text() {
        if (!startWith("\"")) {
            return word();
        }
        byte[] quoted = quoted();
        skipBlanks();
        return new String(quoted, StandardCharsets.UTF_8);
    }

    /** Takes all that is left as bytes. */
    Data data() {
        return data("");
    }

    /** Takes bytes up to a separator, which is taken too, or up to the end. */
    Data data(String separator) {
        List<Data.Part> parts = new ArrayList<>();
        PayloadWriter known = new PayloadWriter();
        while (!isEmpty() && (separator.isEmpty() || !take(separator))) {
            if (startWith("@")) {
                parts.add(new Data.Bytes(known.toByteArray()));
                known = new PayloadWriter();
                String name = word().substring(1);
                parts.add(name.equals(NO_ATTRIBUTES) ? new Data.NoAttributes() : new Data.Statement(name));
            } else {
                value(known);
            }
        }
        parts.add(new Data.Bytes(known.toByteArray()));
        parts.removeIf(part -> part instanceof Data.Bytes(var bytes) && bytes.length == 0);
        return parts.isEmpty() ? Data.of() : new Data(parts);
    }

    /** Takes characters that were looked at. */
    void skip(int characters) {
        at += characters;
    }

    /** Takes the bytes of one word, repeated as it says. */
    byte[] value() {
        PayloadWriter out = new PayloadWriter();
        value(out);
        return out.toByteArray();
    }

    private void value(PayloadWriter out) {
        byte[] value = bytes();
        int times = 1;
        if (startWith("*")) {
            at++;
            times = Integer.parseInt(digits());
        }
        if (!isEmpty() && !Character.isWhitespace(line.charAt(at))) {
            throw new IllegalArgumentException("can't be read: " + rest());
        }
        skipBlanks();
        out.bytes(repeated(value, times));
    }

    /** Copies what is there already, twice as much each time: some words are repeated millions of times. */
    private static byte[] repeated(byte[] value, int times) {
        byte[] all = Arrays.copyOf(value, Math.multiplyExact(value.length, times));
        int done = value.length;
        while (done < all.length) {
            int more = Math.min(done, all.length - done);
            System.arraycopy(all, 0, all, done, more);
            done += more;
        }
        return all;
    }

    private byte[] bytes() {
        if (startWith("\"")) {
            return quoted();
        }
        if (startWith("x")) {
            at++;
            return HexFormat.of().parseHex(digits());
        }
        int colon = line.indexOf(':', at);
        if (colon < 0) {
            throw new IllegalArgumentException("not bytes: " + rest());
        }
        String kind = line.substring(at, colon);
        at = colon + 1;
        PayloadWriter out = new PayloadWriter();
        if (kind.equals("lenenc") && (startWith("\"") || startWith("x"))) {
            return out.lenencBytes(bytes()).toByteArray();
        }
        long number = Long.parseLong(digits());
        return (switch (kind) {
            case "u8" -> out.u8((int) number);
            case "u16" -> out.u16((int) number);
            case "u24" -> out.u24((int) number);
            case "u32" -> out.u32(number);
            case "u64" -> out.u64(number);
            case "lenenc" -> out.lenenc(number);
            default -> throw new IllegalArgumentException("no kind of bytes: " + kind);
        }).toByteArray();
    }

    private String digits() {
        int start = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at)) && line.charAt(at) != '*') {
            at++;
        }
        return line.substring(start, at);
    }

    private byte[] quoted() {
        PayloadWriter out = new PayloadWriter();
        at++;
        int start = at;
        while (true) {
            if (isEmpty()) {
                throw new IllegalArgumentException("text without its end");
            }
            char c = line.charAt(at);
            if (c == '"') {
                out.text(line.substring(start, at++));
                return out.toByteArray();
            }
            at++;
            if (c == '\\') {
                out.text(line.substring(start, at - 1)).u8(escaped(line.charAt(at++)));
                start = at;
            }
        }
    }

    private int escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '0' -> 0;
            case '"', '\\' -> c;
            case 'x' -> {
                at += 2;
                yield HexFormat.fromHexDigits(line, at - 2, at);
            }
            default -> throw new IllegalArgumentException("no such escape: \\" + c);
        };
    }

    private void skipBlanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }
}
