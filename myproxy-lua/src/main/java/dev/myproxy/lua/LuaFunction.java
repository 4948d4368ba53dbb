package dev.myproxy.lua;

/** A function that lives in a Lua state, of whatever origin. It is called through {@link LuaState#start}. */
public non-sealed interface LuaFunction extends LuaReference {

    @Override
    default String typeName() {
        return "function";
    }
}
