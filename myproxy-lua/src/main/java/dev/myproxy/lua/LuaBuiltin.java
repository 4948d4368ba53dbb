package dev.myproxy.lua;

/**
 * A Lua function that is written in Java. Passing the same instance to Lua twice gives the same (raw equal) function.
 */
public final class LuaBuiltin implements LuaValue {

    private final String name;
    private final LuaBody body;
    private final long serial = Serial.next();

    /**
     * @param name as error texts show it
     */
    public LuaBuiltin(String name, LuaBody body) {
        this.name = name;
        this.body = body;
    }

    public String name() {
        return name;
    }

    /** What the function does; see {@link LuaState} for how an adapter calls it. */
    public LuaBody body() {
        return body;
    }

    /** A number that no other object or builtin of this process has; for the adapters' caches. */
    public long serial() {
        return serial;
    }

    @Override
    public String typeName() {
        return "function";
    }
}
