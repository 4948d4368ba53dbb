package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.SharedGauges;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A script whose tasks are counted: those that have begun and have not ended, nearly all of which wait for something. */
final class CountedTasks implements LuaState {

    private final LuaState state;
    private final AtomicInteger tasks = new AtomicInteger();
    private final Runnable uncount;

    CountedTasks(LuaState state, SharedGauges gauges) {
        this.state = state;
        this.uncount = gauges.add("myproxy.lua.coroutines.waiting",
                "Handlers and callbacks of the script that have begun and wait for something", tasks::get);
    }

    @Override
    public LuaTask start(LuaOwner owner, LuaFunction function, List<LuaValue> args, Consumer<LuaOutcome> outcome) {
        Counted counted = new Counted();
        LuaTask task = state.start(owner, function, args, end -> {
            counted.end();
            outcome.accept(end);
        });
        return () -> {
            counted.end();
            task.cancel();
        };
    }

    /** A task, from its beginning to its first end. Used in the script's turn. */
    private final class Counted {

        private boolean ended;

        Counted() {
            tasks.incrementAndGet();
        }

        void end() {
            if (!ended) {
                ended = true;
                tasks.decrementAndGet();
            }
        }
    }

    @Override
    public void setGlobal(String name, LuaValue value) {
        state.setGlobal(name, value);
    }

    @Override
    public void run(ByteString source, String chunkName, LuaValue... args) {
        state.run(source, chunkName, args);
    }

    @Override
    public LuaTable newTable() {
        return state.newTable();
    }

    @Override
    public Optional<LuaOwner> owner() {
        return state.owner();
    }

    @Override
    public void stop() {
        state.stop();
    }

    @Override
    public void close() {
        uncount.run();
        state.close();
    }
}
