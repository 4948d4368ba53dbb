package dev.myproxy.lua.luaj.vm;

import dev.myproxy.lua.luaj.vm.Coroutine.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One Lua world: its globals, its coroutines, and what runs now. Used by one thread at a time.
 */
@SuppressWarnings("ReferenceEquality") // coroutines are what they are, whatever LuaJ's equals says
public final class Machine {

    /** A native function's answer when its results come later, to the frame that called it. */
    public static final Varargs SWITCHED = new Switched();

    /** Whether a call's results come later. */
    static boolean isLater(Varargs results) {
        return results instanceof Switched;
    }

    /** Strings are no longer than this; what would make a longer one fails for want of memory. */
    public static final int MAX_STRING_BYTES = 1 << 28;

    /** LuaJIT's stack ends at about 11,000 frames of the smallest functions. */
    private static final int MAX_DEPTH = 20_000;

    /** What error handlers may use beyond that. */
    private static final int SPARE_DEPTH = 500;

    /** How often Java may call Lua that calls Java, and how deep coroutines may resume each other. */
    private static final int MAX_NESTED = 190;

    private final LuaTable globals = new LuaTable();
    private final LuaTable registry = new LuaTable();
    private final Metatables metatables = new Metatables();
    private final Budget budget = new Budget(this);
    private final Coroutine main = Coroutine.main();
    private final Interpreter interpreter = new Interpreter(this);
    private LuaValue environment = globals;
    private Coroutine current = main;
    private Coroutine outer = main;
    private int nested;
    private int handlers;

    public LuaTable globals() {
        return globals;
    }

    public LuaTable registry() {
        return registry;
    }

    /** What the functions of chunks that are loaded from now on have as environment. */
    public LuaValue environment() {
        return environment;
    }

    public void setEnvironment(LuaValue table) {
        environment = table;
    }

    public Metatables metatables() {
        return metatables;
    }

    public Budget budget() {
        return budget;
    }

    public Coroutine current() {
        return current;
    }

    /** Whether Lua code is running, or Java code that it called. */
    public boolean isBusy() {
        return nested > 0 || budget.isRunning();
    }

    public boolean isMain(Coroutine coroutine) {
        return coroutine == main;
    }

    // Calls from Java

    /**
     * Calls a function and waits for its end; it cannot be suspended meanwhile.
     *
     * @throws Raised what it raises
     * @throws Halt   if it has to stop
     */
    public Varargs call(LuaValue function, Varargs args) {
        return call(function, args, current.top == null);
    }

    private Varargs call(LuaValue function, Varargs args, boolean hidden) {
        if (nested >= MAX_NESTED) {
            throw new Raised("C stack overflow");
        }
        Coroutine here = current;
        HostFrame host = new HostFrame(here.top, hidden);
        here.top = host;
        here.hosts++;
        nested++;
        try {
            attempt(() -> {
                Varargs results = begin(function, args);
                if (!isLater(results)) {
                    deliver(results);
                }
            }, host, here);
            loop(host, here);
            return host.results();
        } finally {
            nested--;
            here.hosts--;
            here.top = host.caller;
        }
    }

    public Varargs call(LuaValue function, LuaValue... args) {
        return call(function, LuaValue.varargsOf(args));
    }

    /** Starts a task. Returns when it has ended or is suspended. */
    public void start(Coroutine task, Varargs args) {
        runTask(task, () -> task.enter(this, args));
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
        budget.begin();
        try {
            attempt(first, null, previous);
            loop(null, previous);
        } finally {
            budget.end();
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

    // Calls within Lua

    /**
     * Begins a call whose results go to the topmost frame.
     *
     * @return the results, if it is over at once, or {@link #SWITCHED}
     */
    public Varargs begin(LuaValue function, Varargs args) {
        LuaValue callee = function;
        Varargs given = args;
        for (int i = 0; i < Metatables.MAX_CHAIN; i++) {
            if (callee instanceof Closure closure) {
                push(new LuaFrame(current.top, closure, given));
                return SWITCHED;
            }
            if (callee instanceof Native function2) {
                return function2.run(this, given);
            }
            LuaValue handler = metatables.event(callee, LuaValue.CALL);
            if (handler.isnil()) {
                throw VariableNames.typeError(this, "call", callee);
            }
            given = LuaValue.varargsOf(callee, given);
            callee = handler;
        }
        throw error("'__call' chain too long; possibly a loop");
    }

    void push(LuaFrame frame) {
        if (frame.depth > MAX_DEPTH && (handlers == 0 || frame.depth > MAX_DEPTH + SPARE_DEPTH)) {
            throw error("stack overflow");
        }
        current.top = frame;
    }

    /**
     * {@code pcall} and {@code xpcall}.
     *
     * @param handler gets the error before the stack is unwound
     */
    public Varargs guard(LuaValue function, Varargs args, Optional<LuaValue> handler) {
        GuardFrame guard = new GuardFrame(current.top, handler);
        current.top = guard;
        Varargs results = begin(function, args);
        if (isLater(results)) {
            return SWITCHED;
        }
        current.top = guard.caller;
        return LuaValue.varargsOf(LuaValue.TRUE, results);
    }

    /** Gives results to the topmost frame of the current coroutine. */
    void deliver(Varargs values) {
        Varargs results = values;
        while (true) {
            Coroutine here = current;
            switch (here.top) {
                case LuaFrame frame -> {
                    interpreter.finish(frame, results);
                    return;
                }
                case GuardFrame guard -> {
                    here.top = guard.caller;
                    results = LuaValue.varargsOf(LuaValue.TRUE, results);
                }
                case HostFrame host -> {
                    host.end(results);
                    here.top = host.caller;
                    return;
                }
                case null -> {
                    Coroutine resumer = leave(here, Status.DEAD);
                    Varargs ended = results;
                    here.task().ifPresent(listener -> listener.returned(ended));
                    if (resumer == null) {
                        return;
                    }
                    results = here.wrapped ? results : LuaValue.varargsOf(LuaValue.TRUE, results);
                }
            }
        }
    }

    // Coroutines

    /**
     * Resumes a coroutine. What it yields or returns goes to the topmost frame, after {@code true} unless it is wrapped.
     *
     * @return {@link #SWITCHED}
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
        if (current.nesting >= MAX_NESTED) {
            throw new Raised("C stack overflow");
        }
        budget.tick();
        coroutine.nesting = current.nesting + 1;
        current.status = Status.NORMAL;
        coroutine.resumer = current;
        coroutine.wrapped = wrapped;
        coroutine.status = Status.RUNNING;
        current = coroutine;
        coroutine.enter(this, args);
        return SWITCHED;
    }

    public boolean isYieldable() {
        return !current.isMain() && current.hosts == 0;
    }

    /** {@code coroutine.yield}: what it gives back is what the coroutine is resumed with. */
    public Varargs suspendWith(Varargs values) {
        if (!isYieldable()) {
            throw error("attempt to yield across C-call boundary");
        }
        Coroutine yielding = current;
        boolean wrapped = yielding.wrapped;
        if (leave(yielding, Status.SUSPENDED) != null) {
            deliver(wrapped ? values : LuaValue.varargsOf(LuaValue.TRUE, values));
        }
        return SWITCHED;
    }

    /** Makes the resumer the current coroutine; if there is none, what ran before the task, and the answer is null. */
    private @Nullable Coroutine leave(Coroutine coroutine, Status status) {
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
     * {@link #SWITCHED}; its results are what the suspension is resumed with.
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
            task = java.util.Objects.requireNonNull(task.resumer);
        }
        task.leaf = leaf;
        if (leave(task, Status.WAITING) != null) {
            deliver(task.wrapped ? LuaValue.NONE : LuaValue.TRUE);
        }
        return new Suspension(this, task);
    }

    // Errors

    /** An error with the position of the running Lua function, if it is one. */
    public Raised error(String text) {
        return new Raised(LuaValue.valueOf(where(1) + text));
    }

    /** {@code file:line: } of the function at this level, empty if it is not Lua's. Level 1 is what called the native. */
    public String where(int level) {
        return Stack.at(current, level) instanceof LuaFrame frame
                ? ChunkNames.display(frame.closure.prototype) + ":" + frame.line() + ": "
                : "";
    }

    /** Runs until the host frame got its results, or, without one, until the task that runs leaves. */
    private void loop(@Nullable HostFrame host, Coroutine home) {
        while (host == null ? current != home : !host.isOver()) {
            attempt(interpreter, host, home);
        }
    }

    private void attempt(Runnable step, @Nullable HostFrame host, Coroutine home) {
        try {
            try {
                step.run();
            } catch (Raised e) {
                unwind(e, host);
            } catch (LuaError e) {
                unwind(error(String.valueOf(e.getMessage())), host);
            } catch (StackOverflowError e) {
                unwind(error("stack overflow"), host);
            } catch (OutOfMemoryError e) {
                unwind(new Raised("not enough memory"), host);
            }
        } catch (Halt e) {
            halt(e, home);
            if (host != null) {
                throw e;
            }
        }
    }

    /** Gives an error to the next guard; coroutines without one die of it. */
    private void unwind(Raised raised, @Nullable HostFrame host) {
        Raised error = raised;
        while (true) {
            Coroutine here = current;
            error = callHandler(error);
            Frame frame = here.top;
            while (frame instanceof LuaFrame) {
                frame = frame.caller;
            }
            if (frame instanceof GuardFrame guard) {
                here.top = guard.caller;
                deliver(LuaValue.varargsOf(LuaValue.FALSE, error.value()));
                return;
            }
            if (frame != null && frame == host) {
                throw error;
            }
            boolean wrapped = here.wrapped;
            if (wrapped || here.task().isPresent()) {
                error.setTraceback(Stack.traceback(here, 0));
            }
            Raised last = error;
            Coroutine resumer = leave(here, Status.DEAD);
            here.task().ifPresent(listener -> listener.failed(last));
            if (resumer == null) {
                return;
            }
            if (!wrapped) {
                deliver(LuaValue.varargsOf(LuaValue.FALSE, error.value()));
                return;
            }
            error = new Raised(error.value() instanceof org.luaj.vm2.LuaString text
                    ? NumberText.concat(where(1), text)
                    : error.value());
            error.setTraceback(last.traceback());
        }
    }

    private Raised callHandler(Raised error) {
        Frame frame = current.top;
        while (frame != null && !(frame instanceof GuardFrame)) {
            frame = frame.caller;
        }
        if (!(frame instanceof GuardFrame guard) || guard.handler.isEmpty() || error.isHandledFor(guard)) {
            return error;
        }
        handlers++;
        try {
            error.handled(guard, call(guard.handler.get(), error.value(), true).arg1());
        } catch (Raised second) {
            error.handled(guard, LuaValue.valueOf("error in error handling"));
        } finally {
            handlers--;
        }
        return error;
    }

    /** Ends everything that ran since control left this coroutine. */
    private void halt(Halt halt, Coroutine home) {
        Raised error = new Raised(halt.reason());
        while (current != home) {
            Coroutine here = current;
            error.setTraceback(Stack.traceback(here, 0));
            boolean base = leave(here, Status.DEAD) == null;
            here.task().ifPresent(listener -> listener.failed(error));
            if (base) {
                break;
            }
        }
    }

    /** Runs the topmost Lua function; for the interpreter. */
    LuaFrame topLua() {
        if (current.top instanceof LuaFrame frame) {
            return frame;
        }
        throw new IllegalStateException("no Lua function to run");
    }

    private static final class Switched extends Varargs {
        @Override
        public LuaValue arg(int i) {
            throw new IllegalStateException("results come later");
        }

        @Override
        public int narg() {
            throw new IllegalStateException("results come later");
        }

        @Override
        public LuaValue arg1() {
            throw new IllegalStateException("results come later");
        }

        @Override
        public Varargs subargs(int start) {
            throw new IllegalStateException("results come later");
        }
    }
}
