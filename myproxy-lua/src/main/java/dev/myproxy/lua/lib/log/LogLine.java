package dev.myproxy.lua.lib.log;

import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Quoting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One line of the log: {@code [NAME] TEXT key=value key="another value"}, whatever bytes the script put into it. */
final class LogLine {

    /** Characters; what is longer is cut off. */
    static final int MAX_LENGTH = 16 << 10;

    private static final String CUT = "...";
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/@+-]+");

    private LogLine() {}

    /**
     * Makes the line.
     *
     * @param name   of the connection, if there is one
     * @param fields in any order; the line has them sorted by key
     */
    static String of(Optional<String> name, ByteString text, List<LuaTable.Entry> fields) {
        StringBuilder line = new StringBuilder();
        name.ifPresent(known -> line.append('[').append(known).append("] "));
        line.append(Quoting.oneLine(beginning(text).utf8()));
        Map<String, String> sorted = new TreeMap<>();
        fields.forEach(field -> sorted.put(show(field.key()), show(field.value())));
        sorted.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        return line.length() <= MAX_LENGTH ? line.toString() : line.substring(0, MAX_LENGTH) + CUT;
    }

    /** A value as it stands in the line. */
    static String show(LuaValue value) {
        return switch (value) {
            case LuaValue.Str(ByteString bytes) -> bare(bytes);
            case LuaValue.Num(double number) -> LuaNumbers.format(number);
            case LuaValue.Bool(boolean flag) -> Boolean.toString(flag);
            case LuaObject object -> object.luaClass().describe(object).map(LogLine::bare).orElseGet(value::typeName);
            default -> value.typeName();
        };
    }

    private static String bare(ByteString bytes) {
        ByteString shown = beginning(bytes);
        String text = shown.utf8();
        return BARE.matcher(text).matches() ? text : Quoting.quote(shown.toByteArray());
    }

    /** No more than could be shown: a script may hand over a megabyte. */
    private static ByteString beginning(ByteString bytes) {
        return bytes.length() <= MAX_LENGTH ? bytes : ByteString.copyOf(bytes.toByteArray(), 0, MAX_LENGTH);
    }
}
