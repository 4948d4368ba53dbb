package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import party.iroiro.luajava.JFunction;
import party.iroiro.luajava.Lua;
import party.iroiro.luajava.LuaNatives;

/** Where Lua calls Java: reads the arguments, calls the builtin, answers with a kind and values as the prelude wants them. */
final class JitCalls {

    static final int RESULTS = 0;
    static final int ERROR = 1;
    static final int POSITIONED_ERROR = 2;
    private static final int WAIT = 3;
    private static final int STOP = 4;

    private static final Logger LOG = LoggerFactory.getLogger(JitCalls.class);

    private final Lua main;
    private final LuaNatives lua;
    private final Watch watch;
    private final ToLongFunction<LuaReply.Later> waits;

    /**
     * @param waits takes a reply that is not complete, gives its token
     */
    JitCalls(Lua main, Watch watch, ToLongFunction<LuaReply.Later> waits) {
        this.main = main;
        this.lua = main.getLuaNatives();
        this.watch = watch;
        this.waits = waits;
    }

    /** The Java function behind a builtin. */
    JFunction function(JitValues values, LuaBuiltin builtin) {
        return caller -> {
            long outerThread = values.thread();
            values.setThread(caller.getPointer());
            var outerCall = values.openCall();
            try {
                return answer(values, builtin);
            } finally {
                values.closeCall(outerCall);
                values.setThread(outerThread);
                if (!caller.equals(main)) {
                    // Luajava would hold on to each coroutine that has ever called Java.
                    caller.close();
                }
            }
        };
    }

    private int answer(JitValues values, LuaBuiltin builtin) {
        try {
            LuaReply reply = builtin.body().call(arguments(values, builtin.name()));
            return watch.isStopped() ? push(values, STOP) : reply(values, reply);
        } catch (LuaError e) {
            return error(values, e);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.error("A Lua function of ours failed: {}", builtin.name(), e);
            return error(values, LuaError.plain("internal error: " + e));
        }
    }

    private LuaArgs arguments(JitValues values, String name) {
        int count = lua.lua_gettop(values.thread());
        List<LuaValue> args = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            args.add(values.read(i));
        }
        return new LuaArgs(name, args);
    }

    private int reply(JitValues values, LuaReply reply) {
        return switch (reply) {
            case LuaReply.Results(List<LuaValue> results) -> push(values, RESULTS, results.toArray(LuaValue[]::new));
            case LuaReply.Later later when !watch.isRunning() -> reply(values, new LuaReply.Results(later.await()));
            case LuaReply.Later later -> push(values, WAIT, LuaValue.of((double) waits.applyAsLong(later)));
        };
    }

    private int error(JitValues values, LuaError error) {
        return push(values, error.isPositioned() ? POSITIONED_ERROR : ERROR, LuaValue.of(error.text()));
    }

    private int push(JitValues values, int kind, LuaValue... results) {
        lua.lua_settop(values.thread(), 0);
        values.push(LuaValue.of((double) kind));
        for (LuaValue result : results) {
            values.push(result);
        }
        return results.length + 1;
    }
}
