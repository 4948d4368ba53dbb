package dev.myproxy.lua.luaj.vm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A Lua thread: a stack of frames and where it stands. An ordinary object; one that nobody refers to is garbage, whatever it
 * was doing.
 */
public final class Coroutine extends LuaValue {

    /** What a coroutine is doing. */
    public enum Status {
        /** Not begun, or yielded. */
        SUSPENDED,
        /** It is the one that runs. */
        RUNNING,
        /** It resumed another one. */
        NORMAL,
        /** It waits for something outside Lua, or for a coroutine that does. */
        WAITING,
        /** Ended. */
        DEAD
    }

    private final Optional<LuaValue> function;
    private final Optional<TaskListener> task;
    private boolean begun;

    @Nullable
    Frame top;

    /** How many {@link HostFrame}s are on the stack. */
    int hosts;

    Status status = Status.SUSPENDED;

    /** Who gets what this coroutine yields or returns; absent for one that Java set going, and for a suspended one. */
    @Nullable
    Coroutine resumer;

    /** How many coroutines have resumed each other up to this one. */
    int nesting;

    /** Whether the resumer called a function of {@code coroutine.wrap}: errors are raised there. */
    boolean wrapped;

    /** Of a waiting task: the coroutine that called what it waits for. */
    @Nullable
    Coroutine leaf;

    private Coroutine(Optional<LuaValue> function, Optional<TaskListener> task) {
        this.function = function;
        this.task = task;
    }

    /** A coroutine that begins with a function. */
    public static Coroutine of(LuaValue function) {
        return new Coroutine(Optional.of(function), Optional.empty());
    }

    /** A coroutine that Java starts and whose end it is told. */
    public static Coroutine task(LuaValue function, TaskListener listener) {
        return new Coroutine(Optional.of(function), Optional.of(listener));
    }

    /** The one that is there from the beginning and never ends. */
    static Coroutine main() {
        Coroutine main = new Coroutine(Optional.empty(), Optional.empty());
        main.status = Status.RUNNING;
        return main;
    }

    boolean isMain() {
        return function.isEmpty();
    }

    Optional<TaskListener> task() {
        return task;
    }

    public Status status() {
        return status;
    }

    /** The first call: enters the function; later ones give the arguments to the {@code yield} that suspended it. */
    void enter(Machine machine, Varargs args) {
        if (begun) {
            machine.deliver(args);
            return;
        }
        begun = true;
        Varargs results = machine.begin(function.orElseThrow(), args);
        if (!Machine.isLater(results)) {
            machine.deliver(results);
        }
    }

    void die() {
        status = Status.DEAD;
        top = null;
        resumer = null;
        leaf = null;
    }

    @Override
    public int type() {
        return TTHREAD;
    }

    @Override
    public String typename() {
        return "thread";
    }
}
