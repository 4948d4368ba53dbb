package dev.myproxy.lua;

import java.util.List;
import java.util.Optional;

/** A table that lives in a Lua state. All access is raw: metamethods are not called. */
public non-sealed interface LuaTable extends LuaReference {

    /**
     * One pair of a table.
     *
     * @param key   never nil
     * @param value never nil
     */
    record Entry(LuaValue key, LuaValue value) {}

    /** The value of a key, nil if it has none. */
    LuaValue get(LuaValue key);

    /** Sets or, with nil, removes a key, which may be neither nil nor NaN. */
    void set(LuaValue key, LuaValue value);

    /** What Lua's {@code #} operator says without metamethods. */
    int length();

    /** All pairs, in Lua's order, as they are now. */
    List<Entry> entries();

    /** The metatable, if it has one; {@code __metatable} does not hide it. */
    Optional<LuaTable> metatable();

    /** Gives the table a metatable, in place of what it had. */
    void setMetatable(LuaTable metatable);

    @Override
    default String typeName() {
        return "table";
    }
}
