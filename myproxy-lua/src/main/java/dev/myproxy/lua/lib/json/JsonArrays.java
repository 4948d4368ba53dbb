package dev.myproxy.lua.lib.json;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tables that are known to be arrays, even when they are empty or have holes: their metatable says
 * {@code __jsontype = 'array'}. A script may say so in metatables of its own.
 */
final class JsonArrays {

    private static final LuaValue FIELD = LuaValue.of("__jsontype");
    private static final LuaValue ARRAY = LuaValue.of("array");

    private final LuaTable metatable;

    /** For a script; what is made here lives as long as its state. */
    JsonArrays(LuaState lua) {
        metatable = lua.newTable();
        metatable.set(FIELD, ARRAY);
    }

    static boolean isArray(LuaTable table) {
        return table.metatable().filter(meta -> meta.get(FIELD).equals(ARRAY)).isPresent();
    }

    /** Makes a table known as an array. */
    void mark(LuaArgs args, int number) {
        LuaTable table = args.table(number);
        if (isArray(table)) {
            return;
        }
        if (table.metatable().isPresent()) {
            throw args.bad(number, "the table has a metatable of its own; set __jsontype = 'array' there");
        }
        table.setMetatable(metatable);
    }

    /** A new table that is known as an array. */
    LuaValue fresh(List<LuaValue> values) {
        return new LuaValue.Fresh(values, Map.of(), Optional.of(metatable));
    }
}
