package dev.myproxy.lua.lib.pg;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL's text for arrays of one dimension: {@code {a,"b c","d\"e",NULL}}. Works byte by byte: everything that means
 * something is ASCII.
 */
final class ArrayText {

    /** A text that is no array. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1;

        private SyntaxException(String message) {
            super(message, null, false, false);
        }
    }

    private final String text;
    private int position;

    private ArrayText(String text) {
        this.text = text;
    }

    /** An element in double quotes. */
    static String quote(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** An array; every element is quoted. */
    static ByteString encode(List<ByteString> elements) {
        List<String> quoted = elements.stream().map(element -> quote(latin1(element))).toList();
        return bytes("{" + String.join(",", quoted) + "}");
    }

    /** The elements of an array, none of nothing; {@code NULL} is a text like others. */
    static List<ByteString> decode(ByteString array) throws SyntaxException {
        return array.isEmpty() ? List.of() : new ArrayText(latin1(array).strip()).elements();
    }

    private static String latin1(ByteString text) {
        return new String(text.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private static ByteString bytes(String latin1) {
        return ByteString.copyOf(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<ByteString> elements() throws SyntaxException {
        List<ByteString> elements = new ArrayList<>();
        expect('{');
        if (text.equals("{}")) {
            return elements;
        }
        do {
            elements.add(bytes(element()));
        } while (next(',', '}') == ',');
        if (position < text.length()) {
            throw failure("text after the closing brace");
        }
        return elements;
    }

    private String element() throws SyntaxException {
        skipBlanks();
        if (position < text.length() && text.charAt(position) == '"') {
            position++;
            String element = until("\"");
            position++;
            skipBlanks();
            return element;
        }
        String element = until(",}{\"").strip();
        if (element.isEmpty()) {
            throw failure("element expected");
        }
        return element;
    }

    /** The text up to one of these characters, without backslashes. */
    private String until(String ends) throws SyntaxException {
        StringBuilder element = new StringBuilder();
        while (position < text.length()) {
            char next = text.charAt(position);
            if (ends.indexOf(next) >= 0) {
                return element.toString();
            }
            if (next == '\\' && ++position == text.length()) {
                break;
            }
            element.append(text.charAt(position++));
        }
        throw failure("array is not complete");
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private void expect(char wanted) throws SyntaxException {
        if (text.isEmpty() || text.charAt(position) != wanted) {
            throw failure("'" + wanted + "' expected");
        }
        position++;
    }

    private char next(char one, char other) throws SyntaxException {
        char found = position < text.length() ? text.charAt(position) : 0;
        if (found == '{') {
            throw failure("nested arrays are not supported");
        }
        if (found != one && found != other) {
            throw failure("'" + one + "' or '" + other + "' expected");
        }
        position++;
        return found;
    }

    private SyntaxException failure(String what) {
        return new SyntaxException("Malformed array at character " + (position + 1) + ": " + what);
    }
}
