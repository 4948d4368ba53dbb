package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values on their way from one Lua state to another: plain data are copied, with nested tables; nothing else passes. */
final class Copies {

    private static final int DEEPEST = 32;

    private Copies() {}

    static List<LuaValue> of(List<LuaValue> values) {
        return values.stream().map(Copies::of).toList();
    }

    /**
     * A copy.
     *
     * @throws LuaError for functions, threads, objects, and tables that contain themselves
     */
    static LuaValue of(LuaValue value) {
        return of(value, 0);
    }

    private static LuaValue of(LuaValue value, int depth) {
        return switch (value) {
            case LuaValue.Nil _,LuaValue.Bool _,LuaValue.Num _,LuaValue.Str _,LuaValue.Fresh _ -> value;
            case LuaTable table when depth < DEEPEST -> {
                Map<LuaValue, LuaValue> entries = new LinkedHashMap<>();
                for (LuaTable.Entry entry : table.entries()) {
                    entries.put(of(entry.key(), depth + 1), of(entry.value(), depth + 1));
                }
                yield new LuaValue.Fresh(entries);
            }
            case LuaTable _ -> throw LuaError.plain("a table is nested too deeply to be copied");
            default -> throw LuaError.plain("a " + value.typeName() + " can't pass between a test and its policy");
        };
    }

    /** A list as a table with the keys 1, 2, 3 … */
    static LuaValue list(List<? extends LuaValue> values) {
        Map<LuaValue, LuaValue> entries = new LinkedHashMap<>();
        for (LuaValue value : values) {
            entries.put(LuaValue.of(entries.size() + 1.0), value);
        }
        return new LuaValue.Fresh(entries);
    }

    /** The texts of a list. */
    static LuaValue texts(List<String> texts) {
        return list(texts.stream().map(LuaValue::of).toList());
    }
}
