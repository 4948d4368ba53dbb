package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;

/** {@code sleep(seconds)}. */
public final class SleepLib implements LuaLibrary {

    /** Some 30 years: more than anybody waits, and no overflow. */
    private static final double MAX_SECONDS = 1e9;

    private final Outside outside;

    public SleepLib(LibrarySetup setup) {
        outside = setup.outside();
    }

    @Override
    public void open(LuaState state) {
        state.setGlobal("sleep", new LuaBuiltin("sleep", this::sleep));
    }

    private LuaReply sleep(LuaArgs args) {
        args.expectCount(0, 1, "Too many parameters");
        double seconds = args.number(1);
        if (!(seconds >= 0)) {
            throw args.bad(1, "Positive number expected");
        }
        long millis = (long) Math.ceil(Math.min(seconds, MAX_SECONDS) * 1000);
        Promise<List<LuaValue>> over = Promise.promise();
        Runnable cancel = outside.sleep(Duration.ofMillis(Math.max(1, millis)), () -> over.complete(List.of()));
        return new LuaReply.Later(over.future(), cancel);
    }
}
