package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs functions of a script that no client waits for, each in a coroutine of its own and in a turn of its own. */
public final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final LuaState lua;
    private final ScriptHost host;
    private final Executor turn;

    /**
     * @param turn as in {@link dev.myproxy.lua.LuaSetup#turn()}
     */
    public Callbacks(LuaState lua, ScriptHost host, Executor turn) {
        this.lua = lua;
        this.host = host;
        this.turn = turn;
    }

    /**
     * Runs a function soon. May be called on any thread. What the function returns is ignored; an error is logged and
     * counted.
     *
     * @param what     what called the function, for the metric: one of a few fixed words, such as {@code reload}
     * @param function kept
     * @param args     copies, objects or kept references
     * @param ended    run in the script's turn when the function has ended, in either way
     */
    public void run(String what, LuaFunction function, List<LuaValue> args, Runnable ended) {
        turn.execute(() -> lua.start(function, args, outcome -> {
            if (outcome instanceof LuaOutcome.Failed(ByteString message, String traceback)) {
                failed(what, message, traceback);
            }
            ended.run();
        }));
    }

    /** As in {@link dev.myproxy.lua.LuaSetup#turn()}. */
    public Executor turn() {
        return turn;
    }

    private void failed(String what, ByteString message, String traceback) {
        LOG.debug("{} failed: {}", what, traceback);
        Counter.builder("myproxy.lua.errors").description("Errors in Lua functions").tag("handler", what)
                .register(host.meters()).increment();
        host.scriptError(message.utf8());
    }
}
