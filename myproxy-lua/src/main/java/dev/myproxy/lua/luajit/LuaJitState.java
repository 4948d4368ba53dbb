package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.AsyncResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import party.iroiro.luajava.JFunction;
import party.iroiro.luajava.LuaNatives;
import party.iroiro.luajava.luajit.LuaJit;

/** A LuaJIT state with its tasks. Lua code runs on the state's own {@link NativeThread} while the caller waits. */
final class LuaJitState implements LuaState {

    private final LuaSetup setup;
    private final NativeThread nativeThread = new NativeThread();
    private final LuaJit main = new LuaJit();
    private final LuaNatives lua = main.getLuaNatives();
    private final Watch watch;
    private final JitTasks tasks = new JitTasks(this::wakeLater);
    private final JitValues values;
    private final Prelude prelude;
    private boolean closed;

    LuaJitState(LuaSetup setup) {
        this.setup = setup;
        watch = new Watch(setup.limit());
        JitCalls calls = new JitCalls(main, watch, tasks.waits()::add);
        values = new JitValues(lua, main.getPointer(), calls);
        lua.luaL_openlibs(main.getPointer());
        Map<String, JFunction> callbacks = new HashMap<>();
        Stream.of(tasks.callbacks(), JitObjects.metamethods(), List.of(new LuaBuiltin("overdue", _ -> look())))
                .flatMap(List::stream)
                .forEach(builtin -> callbacks.put(builtin.name(), calls.function(values, builtin)));
        prelude = new Prelude(lua, values, callbacks);
    }

    private LuaReply look() {
        return LuaReply.of(LuaValue.of(watch.isStopped()),
                watch.look().map(LuaValue::of).orElseGet(LuaValue::nil));
    }

    @Override
    public void setGlobal(String name, LuaValue value) {
        prelude.setGlobal(name, value);
    }

    @Override
    public void run(ByteString source, String chunkName, LuaValue... args) {
        enter(() -> prelude.run(source, chunkName, List.of(args)));
    }

    @Override
    public LuaTable newTable() {
        return values.newTable();
    }

    @Override
    public LuaTask start(LuaOwner owner, LuaFunction function, List<LuaValue> args, Consumer<LuaOutcome> outcome) {
        long task = tasks.add(owner, outcome);
        step(task, () -> prelude.start(task, function, args));
        return () -> cancel(task);
    }

    @Override
    public Optional<LuaOwner> owner() {
        return tasks.owner();
    }

    private void cancel(long task) {
        if (tasks.cancel(task) && !closed) {
            enter(() -> prelude.cancel(task));
        }
    }

    private void wakeLater(long task, long token, AsyncResult<List<LuaValue>> result) {
        setup.turn().execute(() -> wake(task, token, result));
    }

    private void wake(long task, long token, AsyncResult<List<LuaValue>> result) {
        if (tasks.waits().end(token, task) && tasks.contains(task) && !closed) {
            step(task, () -> JitTasks.unpack(result, (results, kind) -> prelude.proceed(task, kind, results)));
        }
    }

    /** Lets a task run until it waits or ends. */
    private void step(long task, Runnable work) {
        enter(() -> {
            tasks.enter(task);
            if (!watch.isStopped()) {
                watched(work);
            }
            tasks.leave();
            if (watch.isStopped()) {
                tasks.failAll(Watch.STOPPED);
            } else if (watch.wasOverdue()) {
                prelude.sweep(watch.message());
            }
            tasks.waits().abandonFresh();
        });
    }

    private void watched(Runnable work) {
        watch.begin();
        try {
            work.run();
        } catch (IllegalStateException e) {
            // A script that was stopped takes the prelude with it.
            if (!watch.isStopped()) {
                throw e;
            }
        } finally {
            watch.end();
        }
    }

    private void enter(Runnable work) {
        if (closed) {
            throw new IllegalStateException("Lua state is closed");
        }
        nativeThread.run(() -> {
            List<JitReference> outer = values.openCall();
            try {
                work.run();
            } finally {
                values.closeCall(outer);
            }
        });
    }

    @Override
    public void stop() {
        watch.stop();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tasks.cancelAll();
            values.close();
            nativeThread.run(main::close);
            nativeThread.close();
        }
    }
}
