package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/**
 * Which metatable a value has. Tables and userdata have their own; the other types have one each in every machine (LuaJ's
 * own are one for the whole JVM and are not used).
 */
public final class Metatables {

    /** How long a chain of {@code __index} or {@code __call} may be. */
    static final int MAX_CHAIN = 100;

    private LuaValue strings = LuaValue.NIL;
    private final LuaTable others = new LuaTable();

    /** The metatable, nil if there is none. */
    public LuaValue of(LuaValue value) {
        if (value instanceof LuaTable || value instanceof LuaUserdata) {
            LuaValue own = value.getmetatable();
            return own == null ? LuaValue.NIL : own;
        }
        return value instanceof LuaString ? strings : others.rawget(value.type() + 10);
    }

    /**
     * Gives a value, or all values of its type, a metatable.
     *
     * @param metatable a table or nil
     */
    public void set(LuaValue value, LuaValue metatable) {
        if (value instanceof LuaTable || value instanceof LuaUserdata) {
            value.setmetatable(metatable.isnil() ? null : metatable);
        } else if (value instanceof LuaString) {
            strings = metatable;
        } else {
            others.rawset(value.type() + 10, metatable);
        }
    }

    /** What the metatable says for an event such as {@code __index}; nil if nothing. */
    public LuaValue event(LuaValue value, LuaString event) {
        LuaValue metatable = of(value);
        return metatable instanceof LuaTable table ? table.rawget(event) : LuaValue.NIL;
    }
}
