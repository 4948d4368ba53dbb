package dev.myproxy.lua;

/**
 * A Java object that scripts see as a userdata.
 *
 * <p>As long as a script holds the userdata, passing the same Java object to Lua again gives the same userdata (raw
 * equal, the same table key), and its collection by Lua's collector lets go of the Java object.
 */
public abstract non-sealed class LuaObject implements LuaValue {

    private final long serial = Serial.next();

    /** A number that no other object or builtin of this process has; for the adapters' caches. */
    public final long serial() {
        return serial;
    }

    /** What scripts can do with the object. The same instance for all objects of a Java class. */
    public abstract LuaClass<?> luaClass();

    @Override
    public final String typeName() {
        return "userdata";
    }
}
