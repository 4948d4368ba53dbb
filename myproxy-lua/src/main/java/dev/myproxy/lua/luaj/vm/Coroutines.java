package dev.myproxy.lua.luaj.vm;

import dev.myproxy.lua.luaj.vm.Coroutine.Status;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Which coroutine runs, and how control goes from one to the other. */
@SuppressWarnings("ReferenceEquality") // coroutines are what they are, whatever LuaJ's equals says
public final class Coroutines {

    private final Machine machine;
    private final Coroutine main = Coroutine.main();
    private Coroutine current = main;

    /** What ran when Java started or woke the task that runs. */
    private Coroutine outer = main;

    Coroutines(Machine machine) {
        this.machine = machine;
    }

    public Coroutine current() {
        return current;
    }

    public boolean isMain(Coroutine coroutine) {
        return coroutine == main;
    }

    /** Who is told the end of the task that runs. */
    public Optional<TaskListener> task() {
        Coroutine each = current;
        while (each != null && each.task().isEmpty()) {
            each = each.resumer;
        }
        return each == null ? Optional.empty() : each.task();
    }

    /** Starts a task. Returns when it has ended or is suspended. */
    public void start(Coroutine task, Varargs args) {
        runTask(task, () -> task.enter(machine, args));
    }

    void wake(Coroutine task, Runnable first) {
        Coroutine leaf = task.leaf;
        if (task.status != Status.WAITING || leaf == null) {
            return;
        }
        task.leaf = null;
        for (Coroutine each = leaf; each != null && each != task; each = each.resumer) {
            each.status = Status.NORMAL;
        }
        task.status = Status.NORMAL;
        runTask(leaf, first);
    }

    private void runTask(Coroutine leaf, Runnable first) {
        Coroutine previous = current;
        Coroutine previousOuter = outer;
        Status previousStatus = previous.status;
        previous.status = Status.NORMAL;
        outer = previous;
        leaf.status = Status.RUNNING;
        current = leaf;
        machine.budget().begin();
        try {
            machine.unwinding().attempt(first, null, previous);
            machine.unwinding().loop(null, previous);
        } finally {
            machine.budget().end();
            current = previous;
            outer = previousOuter;
            previous.status = previousStatus;
        }
    }

    /** Drops a task, and the coroutines that it waits in, without running any more of it. */
    public void cancel(Coroutine task) {
        if (task.status != Status.SUSPENDED && task.status != Status.WAITING) {
            return;
        }
        Coroutine each = task.leaf;
        while (each != null && each != task) {
            Coroutine next = each.resumer;
            each.die();
            each = next;
        }
        task.die();
    }

    /**
     * Resumes a coroutine. What it yields or returns goes to the topmost frame, after {@code true} unless it is wrapped.
     *
     * @return {@link Machine#SWITCHED}
     * @throws Raised if it can't be resumed
     */
    public Varargs resume(Coroutine coroutine, Varargs args, boolean wrapped) {
        if (coroutine.status != Status.SUSPENDED) {
            throw new Raised("cannot resume " + switch (coroutine.status) {
                case DEAD -> "dead";
                case RUNNING, NORMAL -> "running";
                default -> "non-suspended";
            } + " coroutine");
        }
        if (current.nesting >= Machine.MAX_NESTED) {
            throw new Raised("C stack overflow");
        }
        machine.budget().tick();
        coroutine.nesting = current.nesting + 1;
        current.status = Status.NORMAL;
        coroutine.resumer = current;
        coroutine.wrapped = wrapped;
        coroutine.status = Status.RUNNING;
        current = coroutine;
        coroutine.enter(machine, args);
        return Machine.SWITCHED;
    }

    public boolean isYieldable() {
        return !current.isMain() && current.hosts == 0;
    }

    /** {@code coroutine.yield}: what it gives back is what the coroutine is resumed with. */
    public Varargs suspendWith(Varargs values) {
        if (!isYieldable()) {
            throw machine.error("attempt to yield across C-call boundary");
        }
        Coroutine yielding = current;
        boolean wrapped = yielding.wrapped;
        if (leave(yielding, Status.SUSPENDED) != null) {
            machine.deliver(wrapped ? values : LuaValue.varargsOf(LuaValue.TRUE, values));
        }
        return Machine.SWITCHED;
    }

    /** Makes the resumer the current coroutine; if there is none, what ran before the task, and the answer is null. */
    @Nullable
    Coroutine leave(Coroutine coroutine, Status status) {
        Coroutine resumer = coroutine.resumer;
        if (status == Status.DEAD) {
            coroutine.die();
        }
        coroutine.status = status;
        coroutine.resumer = null;
        current = resumer == null ? outer : resumer;
        if (resumer != null) {
            resumer.status = Status.RUNNING;
        }
        return resumer;
    }

    /** Whether {@link #suspend} is possible here. */
    public boolean canWait() {
        Coroutine each = current;
        while (each != null && each.hosts == 0 && !each.isMain()) {
            if (each.task().isPresent()) {
                return true;
            }
            each = each.resumer;
        }
        return false;
    }

    /**
     * Suspends the task that runs, with all coroutines that it is nested in. The native function that calls this answers
     * {@link Machine#SWITCHED}; its results are what the suspension is resumed with.
     *
     * @throws IllegalStateException if it {@linkplain #canWait() can't wait}
     */
    public Suspension suspend() {
        if (!canWait()) {
            throw new IllegalStateException("nothing to suspend");
        }
        Coroutine leaf = current;
        Coroutine task = leaf;
        while (task.task().isEmpty()) {
            task.status = Status.WAITING;
            task = Objects.requireNonNull(task.resumer);
        }
        task.leaf = leaf;
        if (leave(task, Status.WAITING) != null) {
            machine.deliver(task.wrapped ? LuaValue.NONE : LuaValue.TRUE);
        }
        return new Suspension(this, machine, task);
    }
}
