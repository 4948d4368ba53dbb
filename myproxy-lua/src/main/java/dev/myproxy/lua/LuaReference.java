package dev.myproxy.lua;

/**
 * Something that lives in a Lua state: a table, a function, a thread, a userdata that is not ours. Passed back to Lua it
 * is the very same thing. {@code equals} and {@code hashCode} follow Lua's raw equality.
 *
 * <p>How long a reference may be used: one that Java receives (an argument of a builtin, a result of a task, something
 * read from a table) until the Java code that received it returns to Lua; {@link #keep()} prolongs that until
 * {@link #release()}. Using it later throws {@link IllegalStateException} at best.
 */
public sealed interface LuaReference extends LuaValue permits LuaTable, LuaFunction, LuaThread, LuaForeign {

    /**
     * Keeps the thing alive in Lua, and this reference valid, until {@link #release()}. Mind cycles: what is kept from
     * Java is not garbage for Lua, with all it refers to.
     */
    void keep();

    /** Ends {@link #keep()}. Calling it again does nothing; so does calling it when the state is closed. */
    void release();
}
