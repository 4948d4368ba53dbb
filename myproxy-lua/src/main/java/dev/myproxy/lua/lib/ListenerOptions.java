package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.script.ListenOptions;
import java.time.Duration;
import java.util.Optional;

/** The third argument of {@code mysql_listen}. */
public final class ListenerOptions {

    /** Its keys. */
    public static final OptionSet KEYS = new OptionSet("ListenOptions", "idle_timeout", "local_infile",
            "login_timeout", "max_pending_logins", "max_query_bytes", "write_timeout");

    private ListenerOptions() {}

    /** Reads an argument, which may be missing. */
    static ListenOptions read(LuaArgs args, int number) {
        Options options = KEYS.read(args, number);
        ListenOptions usual = ListenOptions.DEFAULT;
        double maxQueryBytes = options
                .number("max_query_bytes", ListenOptions.MIN_QUERY_BYTES, ListenOptions.MAX_QUERY_BYTES)
                .orElse(usual.maxQueryBytes());
        Duration loginTimeout = seconds(options, "login_timeout", ListenOptions.LONGEST_LOGIN)
                .orElse(usual.loginTimeout());
        int maxPendingLogins = options.integer("max_pending_logins", 1, ListenOptions.MOST_PENDING_LOGINS)
                .orElse(usual.maxPendingLogins());
        return new ListenOptions((int) maxQueryBytes, loginTimeout, maxPendingLogins,
                seconds(options, "idle_timeout", ListenOptions.LONGEST),
                seconds(options, "write_timeout", ListenOptions.LONGEST),
                options.flag("local_infile", usual.localInfile()));
    }

    private static Optional<Duration> seconds(Options options, String key, Duration longest) {
        return options.seconds(key, ListenOptions.SHORTEST, longest);
    }
}
