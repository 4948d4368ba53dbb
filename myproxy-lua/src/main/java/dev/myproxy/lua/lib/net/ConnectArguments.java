package dev.myproxy.lua.lib.net;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.OptionSet;
import dev.myproxy.lua.net.SocketKind;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.text.Nearest;
import java.time.Duration;

/**
 * The options of {@code socket:connect}.
 *
 * @param timeout of connecting, and of each {@code send} and {@code receive} that names none
 */
record ConnectArguments(SocketKind kind, Duration timeout) {

    static final OptionSet OPTIONS = new OptionSet("SocketOptions", "timeout", "type");

    static final double LONGEST_SECONDS = 86_400;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Reads an argument, which may be missing. */
    static ConnectArguments read(LuaArgs args, int number) {
        SocketKind kind = SocketKind.STREAM;
        Duration timeout = TIMEOUT;
        if (args.count() < number) {
            return new ConnectArguments(kind, timeout);
        }
        for (LuaTable.Entry entry : args.table(number).entries()) {
            if (!(entry.key() instanceof LuaValue.Str(ByteString key))) {
                throw args.bad(number, "Key is not a string");
            }
            switch (key.utf8()) {
                case "type" -> kind = kind(args, number, entry.value());
                case "timeout" -> timeout = timeout(args, number, entry.value());
                default -> throw args.bad(number, "Unrecognized option" + Nearest.hint(key.utf8(), OPTIONS.names()));
            }
        }
        return new ConnectArguments(kind, timeout);
    }

    private static SocketKind kind(LuaArgs args, int number, LuaValue value) {
        if (!(value instanceof LuaValue.Str(ByteString name))) {
            throw args.bad(number, "'type' must be a string");
        }
        return SocketKind.named(name.utf8()).orElseThrow(() -> args.bad(number, "Unsupported socket type"));
    }

    private static Duration timeout(LuaArgs args, int number, LuaValue value) {
        if (value instanceof LuaValue.Num(double seconds) && seconds > 0 && seconds <= LONGEST_SECONDS) {
            return seconds(seconds);
        }
        throw args.bad(number, "'timeout' must be a number of seconds, more than 0 and at most 86400");
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
