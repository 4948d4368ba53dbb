package dev.myproxy.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The form in which bytes from clients, servers and scripts appear in log lines: escaped, one line. */
public final class Quoting {

    private Quoting() {}

    /** Quotes UTF-8 text; bytes that are not UTF-8 become {@code \xHH}. */
    public static String quote(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length + 2).append('"');
        int i = 0;
        while (i < bytes.length) {
            int length = sequenceLength(bytes[i]);
            int codePoint = length == 1
                    ? bytes[i]
                    : length > 0 && i + length <= bytes.length ? decode(bytes, i, length) : -1;
            if (codePoint < 0) {
                out.append(String.format("\\x%02x", bytes[i] & 0xff));
                i++;
            } else {
                append(out, codePoint);
                i += length;
            }
        }
        return out.append('"').toString();
    }

    /**
     * An error text as one line: without white space at its ends, each run of white space as one blank, and other control
     * characters escaped.
     */
    public static String oneLine(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.strip().replaceAll("\\s+", " ").codePoints().forEach(codePoint -> {
            if (Character.isISOControl(codePoint)) {
                out.append(String.format("\\x%02x", codePoint));
            } else {
                out.appendCodePoint(codePoint);
            }
        });
        return out.toString();
    }

    private static int sequenceLength(byte first) {
        int b = first & 0xff;
        if (b < 0x80) {
            return 1;
        }
        if (b >= 0xc2 && b <= 0xdf) {
            return 2;
        }
        if (b >= 0xe0 && b <= 0xef) {
            return 3;
        }
        return b >= 0xf0 && b <= 0xf4 ? 4 : 0;
    }

    private static int decode(byte[] bytes, int at, int length) {
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length));
            return Character.codePointAt(chars, 0);
        } catch (CharacterCodingException _) {
            return -1;
        }
    }

    private static void append(StringBuilder out, int codePoint) {
        switch (codePoint) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            default -> {
                if (isPrintable(codePoint)) {
                    out.appendCodePoint(codePoint);
                } else if (codePoint < 0x100) {
                    out.append(String.format("\\x%02x", codePoint));
                } else if (codePoint < 0x10000) {
                    out.append(String.format("\\u%04x", codePoint));
                } else {
                    out.append(String.format("\\U%08x", codePoint));
                }
            }
        }
    }

    private static boolean isPrintable(int codePoint) {
        if (codePoint < 0x7f) {
            return codePoint >= 0x20;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
