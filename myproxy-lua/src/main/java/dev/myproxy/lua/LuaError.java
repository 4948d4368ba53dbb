package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;

/**
 * A Lua error. Thrown by library code it is raised in the script, as a string; thrown by a {@link LuaState} it is an
 * error that the script raised and did not catch.
 */
public final class LuaError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ByteString text;
    private final boolean positioned;

    private LuaError(ByteString text, boolean positioned) {
        super(text.utf8(), null, false, false);
        this.text = text;
        this.positioned = positioned;
    }

    /** An error without a position, as for failures of something outside the script. */
    public static LuaError plain(String text) {
        return new LuaError(ByteString.of(text), false);
    }

    /** An error without a position. */
    public static LuaError plain(ByteString text) {
        return new LuaError(text, false);
    }

    /** An error that gets the position of the calling Lua code before its text, {@code FILE:LINE: }. */
    public static LuaError positioned(String text) {
        return new LuaError(ByteString.of(text), true);
    }

    /** What is raised in a script when something fails in Java: the failure's text, or a {@code LuaError} as it is. */
    public static LuaError of(Throwable failure) {
        if (failure instanceof LuaError error) {
            return error;
        }
        String message = failure.getMessage();
        return plain(message == null ? failure.getClass().getSimpleName() : message);
    }

    /** The text, without the position that {@link #isPositioned()} asks for. */
    public ByteString text() {
        return text;
    }

    /** Whether the engine puts {@code FILE:LINE: } before the text, where the caller is Lua code. */
    public boolean isPositioned() {
        return positioned;
    }
}
