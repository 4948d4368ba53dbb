package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaState;

/** Functions and objects that a script can use. One instance per script; called in the script's turn. */
public interface LuaLibrary {

    /** Sets the globals, before the configuration is loaded. */
    void open(LuaState lua);

    /** The configuration is loaded: takes away what is of use only before, sets what is of use only from now on. */
    default void configured(LuaState lua) {}

    /** The script's {@code reload} has ended. */
    default void reloaded(LuaState lua) {}

    /** The script is over: lets go of connections and timers. Lua is not to be called any more. */
    default void close() {}
}
