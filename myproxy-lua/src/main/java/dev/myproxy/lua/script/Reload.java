package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.Callbacks;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls the script's global function {@code reload}, if it has one at that moment, in a coroutine of its own. While it
 * runs, all further requests together cause one more run after it.
 */
final class Reload {

    private static final ByteString SOURCE = ByteString.of("""
                                                           local keep = ...
                                                           local _G, rawget, type, error = _G, rawget, type, error
                                                           local metatable = debug.getmetatable
                                                           keep(function()
                                                               local reload = rawget(_G, 'reload')
                                                               if reload == nil then
                                                                   return
                                                               end
                                                               local kind, meta = type(reload), metatable(reload)
                                                               if kind ~= 'function' and not (meta and meta.__call) then
                                                                   error('attempt to call a ' .. kind .. ' value', 0)
                                                               end
                                                               return reload()
                                                           end)
                                                           """);

    private final Callbacks callbacks;
    private Optional<LuaFunction> function = Optional.empty();
    private List<Runnable> running = List.of();
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Promise<Void>> idle = new ArrayList<>();

    Reload(LuaState state, Callbacks callbacks) {
        this.callbacks = callbacks;
        state.run(SOURCE, "=[myproxy]", new LuaBuiltin("keep", this::keep));
    }

    private LuaReply keep(LuaArgs args) {
        LuaFunction caller = (LuaFunction) args.get(1);
        caller.keep();
        function = Optional.of(caller);
        return LuaReply.NOTHING;
    }

    /**
     * Runs {@code reload} now or after the present run.
     *
     * @param ended run in the script's turn when that run is over
     */
    void request(Runnable ended) {
        waiting.add(ended);
        if (running.isEmpty()) {
            start();
        }
    }

    private void start() {
        running = List.copyOf(waiting);
        waiting.clear();
        callbacks.run("reload", function.orElseThrow(), List.of(), this::ended);
    }

    private void ended() {
        List<Runnable> over = running;
        running = List.of();
        if (!waiting.isEmpty()) {
            start();
        }
        over.forEach(Runnable::run);
        if (running.isEmpty()) {
            idle.forEach(Promise::tryComplete);
            idle.clear();
        }
    }

    /** Completes, in the script's turn, when no run goes on. To be called there. */
    Future<Void> idle() {
        if (running.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        idle.add(promise);
        return promise.future();
    }
}
