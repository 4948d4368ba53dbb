package dev.myproxy.lua.lib.json;

import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a table is in JSON. */
sealed interface Shape {

    /** An array; holes are nil. */
    record Sequence(List<LuaValue> values) implements Shape {}

    /** An object, its members by their names' bytes. */
    record Members(SortedMap<ByteString, LuaValue> values) implements Shape {}

    /** The table is neither. */
    final class Misshapen extends Exception {

        private static final long serialVersionUID = 1;

        private Misshapen(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * A table with the keys 1 to n and no other is an array, an empty one is an object; one that is known to be an array
     * may be empty and may have holes.
     *
     * @param maxLength the greatest index that an array may have
     */
    static Shape of(LuaTable table, int maxLength) throws Misshapen {
        List<LuaTable.Entry> entries = table.entries();
        if (isSequence(entries)) {
            return sequence(entries, entries.size());
        }
        return JsonArrays.isArray(table) ? withHoles(entries, maxLength) : members(entries);
    }

    private static boolean isSequence(List<LuaTable.Entry> entries) {
        return !entries.isEmpty() && entries.stream().allMatch(entry -> isIndex(entry.key(), entries.size()));
    }

    private static boolean isIndex(LuaValue key, int max) {
        return key instanceof LuaValue.Num(double number) && number == Math.rint(number) && number >= 1
                && number <= max;
    }

    private static Sequence withHoles(List<LuaTable.Entry> entries, int maxLength) throws Misshapen {
        int length = 0;
        for (LuaTable.Entry entry : entries) {
            if (!isIndex(entry.key(), maxLength)) {
                throw new Misshapen("an array with the key " + describe(entry.key()));
            }
            length = Math.max(length, (int) ((LuaValue.Num) entry.key()).value());
        }
        return sequence(entries, length);
    }

    private static Sequence sequence(List<LuaTable.Entry> entries, int length) {
        List<LuaValue> values = new ArrayList<>(Collections.nCopies(length, LuaValue.nil()));
        for (LuaTable.Entry entry : entries) {
            values.set((int) ((LuaValue.Num) entry.key()).value() - 1, entry.value());
        }
        return new Sequence(values);
    }

    private static Members members(List<LuaTable.Entry> entries) throws Misshapen {
        SortedMap<ByteString, LuaValue> members = new TreeMap<>();
        for (LuaTable.Entry entry : entries) {
            if (members.put(name(entry.key()), entry.value()) != null) {
                throw new Misshapen("a table with the number and the string " + name(entry.key()) + " as keys");
            }
        }
        return new Members(members);
    }

    private static ByteString name(LuaValue key) throws Misshapen {
        return switch (key) {
            case LuaValue.Str(ByteString bytes) -> bytes;
            case LuaValue.Num(double number) when Double.isFinite(number) -> ByteString.of(JsonNumbers.format(number));
            default -> throw new Misshapen("a table with the key " + describe(key));
        };
    }

    private static String describe(LuaValue key) {
        return switch (key) {
            case LuaValue.Str(ByteString bytes) -> bytes.toString();
            case LuaValue.Num(double number) -> LuaNumbers.format(number);
            default -> key.typeName();
        };
    }
}
