package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.luaj.vm.Coroutine;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Raised;
import dev.myproxy.lua.luaj.vm.TaskListener;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function in a coroutine of its own: what it waits for, and who is told its end. */
final class LuajTask implements LuaTask, TaskListener {

    private final Machine machine;
    private final LuajValues values;
    private final Coroutine coroutine;
    private final Set<LuajTask> live;
    private final LuaOwner owner;
    private final Consumer<LuaOutcome> outcome;
    private Optional<Runnable> wait = Optional.empty();

    /**
     * A task that is not started yet.
     *
     * @param live the tasks that have not ended; this one is added
     */
    LuajTask(Machine machine, LuajValues values, LuaValue function, Set<LuajTask> live, LuaOwner owner,
            Consumer<LuaOutcome> outcome) {
        this.machine = machine;
        this.values = values;
        this.live = live;
        this.owner = owner;
        this.outcome = outcome;
        coroutine = Coroutine.task(function, this);
        live.add(this);
    }

    void start(Varargs args) {
        machine.coroutines().start(coroutine, args);
    }

    LuaOwner owner() {
        return owner;
    }

    void waitsFor(Runnable cancel) {
        wait = Optional.of(cancel);
    }

    /** Takes note that what the task waited for is there; false if nobody waits any more. */
    boolean endWait() {
        boolean waited = wait.isPresent();
        wait = Optional.empty();
        return waited;
    }

    @Override
    public void cancel() {
        if (live.remove(this)) {
            machine.coroutines().cancel(coroutine);
            Optional<Runnable> waited = wait;
            wait = Optional.empty();
            waited.ifPresent(Runnable::run);
        }
    }

    @Override
    public void returned(Varargs results) {
        if (live.remove(this)) {
            values.inScope(() -> {
                outcome.accept(new LuaOutcome.Returned(values.toJava(results)));
                return results;
            });
        }
    }

    @Override
    public void failed(Raised error) {
        if (live.remove(this)) {
            outcome.accept(new LuaOutcome.Failed(LuajValues.bytes(error.text()), error.traceback()));
        }
    }
}
