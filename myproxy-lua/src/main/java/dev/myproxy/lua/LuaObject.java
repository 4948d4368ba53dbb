package dev.myproxy.lua;

/**
 * A Java object that scripts see as a userdata.
 *
 * <p>As long as a script holds the userdata, passing the same Java object to Lua again gives the same userdata (raw
 * equal, the same table key), and its collection by Lua's collector lets go of the Java object.
 */
public abstract non-sealed class LuaObject implements LuaValue {

    /** What scripts can do with the object. The same instance for all objects of a Java class. */
    public abstract LuaClass<?> luaClass();

    @Override
    public final String typeName() {
        return "userdata";
    }
}
