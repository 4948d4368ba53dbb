package dev.myproxy.script;

/** A configuration that can't be loaded; the message is what the administrator reads, {@code file:line: text}. */
public final class ScriptException extends Exception {

    private static final long serialVersionUID = 1;

    public ScriptException(String message) {
        super(message);
    }

    public ScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
