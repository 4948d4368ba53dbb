package dev.myproxy.lua.luaj.vm;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Java code that called a Lua function and waits for its end on the Java stack, as {@code table.sort} does. A coroutine
 * with such a frame cannot be suspended.
 */
final class HostFrame extends Frame {

    /** Whether tracebacks leave it out. */
    final boolean hidden;

    private Varargs results = LuaValue.NONE;
    private boolean over;

    HostFrame(@Nullable Frame caller, boolean hidden) {
        super(caller);
        this.hidden = hidden;
    }

    boolean isOver() {
        return over;
    }

    void end(Varargs values) {
        results = values;
        over = true;
    }

    Varargs results() {
        return results;
    }
}
