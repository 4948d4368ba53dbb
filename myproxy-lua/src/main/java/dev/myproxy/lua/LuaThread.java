package dev.myproxy.lua;

/** A coroutine of a Lua state. */
public non-sealed interface LuaThread extends LuaReference {

    @Override
    default String typeName() {
        return "thread";
    }
}
