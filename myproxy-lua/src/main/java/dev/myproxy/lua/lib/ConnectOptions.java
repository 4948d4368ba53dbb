package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The third argument of {@code client:connect}.
 *
 * @param readOnly       whether a read-only node of a cluster is preferred
 * @param allowCleartext whether the password may go to the server in clear over a network
 * @param connectTimeout how long connecting may take, all servers together; empty for the default
 */
record ConnectOptions(boolean readOnly, boolean allowCleartext, Optional<Duration> connectTimeout) {

    private static final double MIN_SECONDS = 0.001;
    private static final double MAX_SECONDS = 3600;

    private static final OptionSet KEYS = new OptionSet("ConnectOptions", "read_only", "allow_cleartext",
            "connect_timeout");

    static final ConnectOptions NONE = new ConnectOptions(false, false, Optional.empty());

    /** Reads an argument, which must be a table. */
    static ConnectOptions read(LuaArgs args, int number) {
        boolean readOnly = false;
        boolean allowCleartext = false;
        Optional<Duration> connectTimeout = Optional.empty();
        for (LuaTable.Entry entry : args.table(number).entries()) {
            String key = LuaNumbers.asString(entry.key()).orElseThrow(() -> args.bad(number, "Bad key type")).utf8();
            switch (key) {
                case "read_only" -> readOnly = flag(args, number, key, entry.value());
                case "allow_cleartext" -> allowCleartext = flag(args, number, key, entry.value());
                case "connect_timeout" -> connectTimeout = Optional.of(seconds(args, number, key, entry.value()));
                default -> throw args.bad(number, "Unknown option" + KEYS.hint(key));
            }
        }
        return new ConnectOptions(readOnly, allowCleartext, connectTimeout);
    }

    private static boolean flag(LuaArgs args, int number, String key, LuaValue value) {
        if (value instanceof LuaValue.Bool(boolean flag)) {
            return flag;
        }
        throw args.bad(number, "Bad '" + key + "' value");
    }

    private static Duration seconds(LuaArgs args, int number, String key, LuaValue value) {
        if (value instanceof LuaValue.Num(double seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) {
            return Duration.ofNanos(Math.round(seconds * TimeUnit.SECONDS.toNanos(1)));
        }
        throw args.bad(number, "Bad '" + key + "' value: expected seconds from " + LuaNumbers.format(MIN_SECONDS)
                + " to " + LuaNumbers.format(MAX_SECONDS));
    }
}
