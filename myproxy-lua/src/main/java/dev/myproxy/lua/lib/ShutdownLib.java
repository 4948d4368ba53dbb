package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.session.Drain;
import java.time.Duration;

/** The variable {@code shutdown_timeout}, which the script may set, in {@code reload} too. */
public final class ShutdownLib implements LuaLibrary {

    private static final ByteString SOURCE = ByteString.of("(...)(rawget(_G, 'shutdown_timeout'))");

    private final ScriptHost host;

    public ShutdownLib(LibrarySetup setup) {
        host = setup.host();
    }

    @Override
    public void open(LuaState lua) {
        // the script sets it
    }

    @Override
    public void configured(LuaState lua) {
        lua.run(SOURCE, "=[myproxy]", new LuaBuiltin("shutdown_timeout", this::take));
    }

    /** A value that makes no sense changes nothing, and the log says so. */
    @Override
    public void reloaded(LuaState lua) {
        try {
            configured(lua);
        } catch (LuaError e) {
            host.scriptError(e.text().utf8());
        }
    }

    private LuaReply take(LuaArgs args) {
        host.shutdownTimeout(limit(args.get(1)));
        return LuaReply.NOTHING;
    }

    private static Duration limit(LuaValue value) {
        double most = Drain.LONGEST_LIMIT.toSeconds();
        return switch (value) {
            case LuaValue.Nil _ -> Drain.DEFAULT_LIMIT;
            case LuaValue.Num(double seconds) when seconds >= 0 && seconds <= most ->
                Duration.ofNanos((long) (seconds * 1e9));
            default -> throw LuaError.plain("shutdown_timeout must be a number of seconds from 0 to " + (long) most);
        };
    }
}
