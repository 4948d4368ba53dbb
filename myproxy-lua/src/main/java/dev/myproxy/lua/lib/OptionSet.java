package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.text.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys that a table of options may have. */
public final class OptionSet {

    private final String name;
    private final Set<String> names;

    /**
     * @param name  of the class in the annotations
     * @param names the keys
     */
    public OptionSet(String name, String... names) {
        this.name = name;
        this.names = new TreeSet<>(List.of(names));
    }

    public String name() {
        return name;
    }

    /** The keys, sorted. */
    public Set<String> names() {
        return names;
    }

    /** The end of a message about a key that is not known: the nearest one, or nothing. */
    public String hint(String key) {
        return Nearest.hint(key, names);
    }

    /** No option is set. */
    public Options none(LuaArgs args, int number) {
        return new Options(args, number, Map.of(), "");
    }

    /**
     * Reads an argument: a table, or nothing at all, which is like an empty one.
     *
     * @throws dev.myproxy.lua.LuaError bad argument if it is anything else, or has a key that is not known
     */
    public Options read(LuaArgs args, int number) {
        if (number > args.count()) {
            return none(args, number);
        }
        return read(args, number, args.table(number), "");
    }

    /** Reads a table, which is part of an argument if there is a prefix. */
    Options read(LuaArgs args, int number, LuaTable table, String prefix) {
        Map<String, LuaValue> values = new LinkedHashMap<>();
        for (LuaTable.Entry entry : table.entries()) {
            String key = LuaNumbers.asString(entry.key()).map(ByteString::utf8)
                    .orElseThrow(() -> args.bad(number, "Bad key type"));
            if (!names.contains(key)) {
                throw args.bad(number, "Unknown option \"" + prefix + key + "\"" + hint(key));
            }
            values.put(key, entry.value());
        }
        return new Options(args, number, values, prefix);
    }
}
