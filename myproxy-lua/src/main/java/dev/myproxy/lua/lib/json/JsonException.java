package dev.myproxy.lua.lib.json;

/** A text is not JSON. The message says where and why, and shows no more of the text than a word. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * @param line   from 1
     * @param column in characters, from 1
     */
    JsonException(int line, int column, String reason) {
        super("parse error at line " + line + ", column " + column + ": " + reason, null, false, false);
    }
}
