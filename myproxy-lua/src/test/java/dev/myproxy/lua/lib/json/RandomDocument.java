package dev.myproxy.lua.lib.json;

import dev.myproxy.protocol.ByteString;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes JSON texts in all their forms, and next to each the one form that it has when it is written again. */
final class RandomDocument {

    private static final int[] CHARACTERS = {'a', 'Z', '7', ' ', '"', '\\', '/', '\n', '\t', '\b', '\f', '\r', 0, 1,
            0x1f,
            0x7f, 0x80, 0xe4, 0x7ff, 0x800, 0x20ac, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff};

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    private RandomDocument(Random random) {
        this.random = random;
    }

    /** A text, and the same in its one form. */
    record Both(String text, String canonical) {}

    static Both make(long seed) {
        RandomDocument document = new RandomDocument(new Random(seed));
        String canonical = document.value(4);
        return new Both(document.text.toString(), canonical);
    }

    private String value(int depth) {
        blank();
        String canonical = switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> word("true");
            case 1 -> word("false");
            case 2 -> integer();
            case 3 -> fraction();
            case 4, 5 -> string(characters());
            case 6, 7 -> object(depth - 1);
            default -> array(depth - 1);
        };
        blank();
        return canonical;
    }

    private void blank() {
        while (random.nextInt(4) == 0) {
            text.append(" \t\r\n".charAt(random.nextInt(4)));
        }
    }

    private String word(String word) {
        text.append(word);
        return word;
    }

    private String integer() {
        long number = random.nextLong(-(1L << 53), (1L << 53) + 1) >> random.nextInt(54);
        String canonical = Long.toString(number);
        text.append(random.nextInt(3) == 0 ? canonical + ".0" : canonical);
        return canonical;
    }

    private String fraction() {
        int digits = 1 + random.nextInt(999);
        String canonical = (digits % 10 == 0 ? digits + 1 : digits) + "." + (1 + random.nextInt(9));
        text.append(switch (random.nextInt(3)) {
            case 0 -> canonical;
            case 1 -> canonical + "00e+0";
            default -> canonical.replace(".", "") + "E-1";
        });
        return canonical;
    }

    private String characters() {
        StringBuilder characters = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            characters.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return characters.toString();
    }

    private String string(String characters) {
        StringBuilder canonical = new StringBuilder("\"");
        text.append('"');
        characters.codePoints().forEach(c -> {
            String plain = plain(c);
            canonical.append(plain);
            text.append(random.nextInt(3) == 0 ? escaped(c) : plain);
        });
        text.append('"');
        return canonical.append('"').toString();
    }

    private static String plain(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default -> c < ' ' ? String.format("\\u%04X", c) : Character.toString(c);
        };
    }

    private static String escaped(int c) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            escaped.append(String.format("\\u%04x", (int) unit));
        }
        return escaped.toString();
    }

    private String object(int depth) {
        Map<ByteString, String> members = new TreeMap<>();
        text.append('{');
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            text.append(i > 0 ? "," : "");
            blank();
            String name = characters();
            String canonical = string(name);
            blank();
            text.append(':');
            members.put(ByteString.of(name), canonical + ":" + value(depth));
        }
        blank();
        text.append('}');
        return "{" + String.join(",", members.values()) + "}";
    }

    private String array(int depth) {
        StringBuilder canonical = new StringBuilder("[");
        text.append('[');
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            text.append(i > 0 ? "," : "");
            canonical.append(i > 0 ? "," : "").append(value(depth));
        }
        blank();
        text.append(']');
        return canonical.append(']').toString();
    }
}
