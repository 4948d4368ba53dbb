package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;

/**
 * The third argument of {@code client:connect}.
 *
 * @param readOnly       whether a read-only node of a cluster is preferred
 * @param allowCleartext whether the password may go to the server in clear over a network
 */
record ConnectOptions(boolean readOnly, boolean allowCleartext) {

    private static final OptionSet KEYS = new OptionSet("ConnectOptions", "read_only", "allow_cleartext");

    static final ConnectOptions NONE = new ConnectOptions(false, false);

    /** Reads an argument, which must be a table. */
    static ConnectOptions read(LuaArgs args, int number) {
        boolean readOnly = false;
        boolean allowCleartext = false;
        for (LuaTable.Entry entry : args.table(number).entries()) {
            String key = LuaNumbers.asString(entry.key()).orElseThrow(() -> args.bad(number, "Bad key type")).utf8();
            switch (key) {
                case "read_only" -> readOnly = flag(args, number, key, entry.value());
                case "allow_cleartext" -> allowCleartext = flag(args, number, key, entry.value());
                default -> throw args.bad(number, "Unknown option" + KEYS.hint(key));
            }
        }
        return new ConnectOptions(readOnly, allowCleartext);
    }

    private static boolean flag(LuaArgs args, int number, String key, LuaValue value) {
        if (value instanceof LuaValue.Bool(boolean flag)) {
            return flag;
        }
        throw args.bad(number, "Bad '" + key + "' value");
    }
}
