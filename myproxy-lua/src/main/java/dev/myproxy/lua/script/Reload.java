package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.Callbacks;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Quoting;
import dev.myproxy.script.ReloadReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
                                                                   return 'nothing'
                                                               end
                                                               local kind, meta = type(reload), metatable(reload)
                                                               if kind ~= 'function' and not (meta and meta.__call) then
                                                                   error('attempt to call a ' .. kind .. ' value', 0)
                                                               end
                                                               reload()
                                                           end)
                                                           """);

    private final Callbacks callbacks;
    private Optional<LuaFunction> function = Optional.empty();
    private List<Consumer<ReloadReply>> running = List.of();
    private final List<Consumer<ReloadReply>> waiting = new ArrayList<>();
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
     * @param ended takes in the script's turn how that run has ended
     */
    void request(Consumer<ReloadReply> ended) {
        waiting.add(ended);
        if (running.isEmpty()) {
            start();
        }
    }

    private void start() {
        running = List.copyOf(waiting);
        waiting.clear();
        callbacks.run("reload", function.orElseThrow(), List.of(), (LuaOutcome outcome) -> ended(reply(outcome)));
    }

    private static ReloadReply reply(LuaOutcome outcome) {
        return switch (outcome) {
            case LuaOutcome.Failed(var message, _) -> new ReloadReply.Failed(Quoting.oneLine(message.utf8()));
            case LuaOutcome.Returned(var values) when values.isEmpty() -> new ReloadReply.Ended();
            case LuaOutcome.Returned _ -> new ReloadReply.Nothing();
        };
    }

    private void ended(ReloadReply how) {
        List<Consumer<ReloadReply>> over = running;
        running = List.of();
        if (!waiting.isEmpty()) {
            start();
        }
        over.forEach(asked -> asked.accept(how));
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
