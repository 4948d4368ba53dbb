package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.ServerLink;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The third argument of {@code client:connect}. */
final class ConnectOptionTable {

    private static final double MIN_SECONDS = 0.001;
    private static final double MAX_SECONDS = 3600;

    private static final OptionSet KEYS = new OptionSet("ConnectOptions", "read_only", "allow_cleartext",
            "connect_timeout", LinkOptions.PROXY_PROTOCOL, LinkOptions.TLS);

    private ConnectOptionTable() {}

    /** Reads an argument, which must be a table. */
    static ConnectOptions read(LuaArgs args, int number) {
        ConnectOptions.Builder options = ConnectOptions.builder();
        ServerLink link = ServerLink.PLAIN;
        for (LuaTable.Entry entry : args.table(number).entries()) {
            String key = LuaNumbers.asString(entry.key()).orElseThrow(() -> args.bad(number, "Bad key type")).utf8();
            var _ = switch (key) {
                case "read_only" -> options.readOnly(flag(args, number, key, entry.value()));
                case "allow_cleartext" -> options.allowCleartext(flag(args, number, key, entry.value()));
                case "connect_timeout" -> options.connectTimeout(seconds(args, number, key, entry.value()));
                case LinkOptions.PROXY_PROTOCOL -> {
                    link = link.or(LinkOptions.proxyProtocol(entry.value(),
                            expected -> args.bad(number, "Bad '" + key + "' value: expected " + expected)));
                    yield options;
                }
                case LinkOptions.TLS -> {
                    link = link.or(ServerTlsTable.read(args, number, key, entry.value()));
                    yield options;
                }
                default -> throw args.bad(number, "Unknown option" + KEYS.hint(key));
            };
        }
        return options.link(link).build();
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
