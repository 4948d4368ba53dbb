package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code sleep(seconds)}. */
public final class SleepLib implements LuaLibrary {

    /** Some 30 years: more than anybody waits, and no overflow. */
    private static final double MAX_SECONDS = 1e9;

    private final ScheduledExecutorService timers;

    public SleepLib(LibrarySetup setup) {
        timers = ((VertxInternal) setup.vertx()).nettyEventLoopGroup();
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
        // not a timer of Vert.x: on the script's own context it would never fire while the configuration blocks that
        Future<?> timer = timers.schedule(() -> over.complete(List.of()), Math.max(1, millis), TimeUnit.MILLISECONDS);
        return new LuaReply.Later(over.future(), () -> timer.cancel(false));
    }
}
