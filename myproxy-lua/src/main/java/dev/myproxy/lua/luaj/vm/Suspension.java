package dev.myproxy.lua.luaj.vm;

import java.util.function.Supplier;
import org.luaj.vm2.Varargs;

/** A task that waits for something outside Lua. Ended at most once, by one of the methods. */
public final class Suspension {

    private final Coroutines coroutines;
    private final Machine machine;
    private final Coroutine task;

    Suspension(Coroutines coroutines, Machine machine, Coroutine task) {
        this.coroutines = coroutines;
        this.machine = machine;
        this.task = task;
    }

    /** Goes on with results. Returns when the task has ended or is suspended again. */
    public void resume(Varargs results) {
        coroutines.wake(task, () -> machine.deliver(results));
    }

    /**
     * Goes on with an error. Returns when the task has ended or is suspended again.
     *
     * @param error asked where the error is to be raised, so that {@link Machine#error} knows the position
     */
    public void raise(Supplier<Raised> error) {
        coroutines.wake(task, () -> {
            throw error.get();
        });
    }

    /** Who is told the end of the task that waits. */
    public TaskListener listener() {
        return task.task().orElseThrow();
    }
}
