package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaObject;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/** The userdata of a Java object. There may be several of the same object: they are the same value for Lua. */
final class LuajObject extends LuaUserdata {

    private final LuaObject object;

    LuajObject(LuaObject object, LuaValue metatable) {
        super(object, metatable);
        this.object = object;
    }

    LuaObject object() {
        return object;
    }

    @SuppressWarnings("ReferenceEquality") // the same object, whatever its equals says
    private boolean isSame(Object other) {
        return other instanceof LuajObject that && object == that.object;
    }

    @Override
    public boolean raweq(LuaValue other) {
        return isSame(other);
    }

    @Override
    public boolean equals(Object other) {
        return isSame(other);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(object);
    }
}
