package dev.myproxy.lua.lib.log;

import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pairs of a log line of the script, for logs that have fields. */
final class LogFields {

    /** How many a line has; of more, the first ones by their names. */
    static final int MOST = 64;

    /** Bytes of a name; what is longer is cut off. */
    static final int LONGEST_NAME = 48;

    /** Bytes of a string; what is longer is cut off. */
    static final int LONGEST_VALUE = 1024;

    private static final String PREFIX = "script_";

    private LogFields() {}

    /** The fields by their names: strings of bytes, numbers, truth values, and as text whatever else a line shows. */
    static Map<String, Object> of(List<LuaTable.Entry> pairs) {
        TreeMap<String, Object> fields = new TreeMap<>();
        for (LuaTable.Entry pair : pairs) {
            fields.put(PREFIX + name(pair.key()), value(pair.value()));
            if (fields.size() > MOST) {
                fields.pollLastEntry();
            }
        }
        return fields;
    }

    private static String name(LuaValue key) {
        return key instanceof LuaValue.Str(ByteString text) ? beginning(text, LONGEST_NAME).utf8() : LogLine.show(key);
    }

    private static Object value(LuaValue value) {
        return switch (value) {
            case LuaValue.Str(ByteString text) -> beginning(text, LONGEST_VALUE);
            case LuaValue.Num(double number) when Double.isFinite(number) ->
                new BigDecimal(LuaNumbers.format(number));
            case LuaValue.Bool(boolean flag) -> flag;
            default -> LogLine.show(value);
        };
    }

    private static ByteString beginning(ByteString text, int most) {
        return text.length() <= most ? text : ByteString.copyOf(text.toByteArray(), 0, most);
    }
}
