package dev.myproxy.lua.lib.cache;

import dev.myproxy.lua.LuaReference;
import dev.myproxy.lua.LuaValue;

/** A value that Java keeps for Lua as long as somebody holds it: the store, and those that wait for it. */
final class Held {

    private final LuaValue value;
    private int holders = 1;

    /** Holds a value for the caller. */
    Held(LuaValue value) {
        this.value = value;
        if (value instanceof LuaReference reference) {
            reference.keep();
        }
    }

    LuaValue value() {
        return value;
    }

    /** Holds it once more. */
    void hold() {
        holders++;
    }

    /** To be called once for the constructor and for each {@link #hold()}. */
    void release() {
        holders--;
        if (holders == 0 && value instanceof LuaReference reference) {
            reference.release();
        }
    }
}
