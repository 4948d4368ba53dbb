package dev.myproxy.lua.luaj.vm;

import dev.myproxy.lua.luaj.vm.Coroutine.Status;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One Lua world: its globals, its coroutines, and what runs now. Used by one thread at a time.
 */
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
    static final int MAX_NESTED = 190;

    private final LuaTable globals = new LuaTable();
    private final LuaTable registry = new LuaTable();
    private final Metatables metatables = new Metatables();
    private final Budget budget = new Budget(this);
    private final Coroutines coroutines = new Coroutines(this);
    private final Unwinding unwinding = new Unwinding(this);
    private final Interpreter interpreter = new Interpreter(this);
    private LuaValue environment = globals;
    private int nested;

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

    public Coroutines coroutines() {
        return coroutines;
    }

    /** What runs now. */
    public Coroutine current() {
        return coroutines.current();
    }

    /** Whether Lua code is running, or Java code that it called. */
    public boolean isBusy() {
        return nested > 0 || budget.isRunning();
    }

    // Calls from Java

    /**
     * Calls a function and waits for its end; it cannot be suspended meanwhile.
     *
     * @throws Raised what it raises
     * @throws Halt   if it has to stop
     */
    public Varargs call(LuaValue function, Varargs args) {
        return call(function, args, current().top == null);
    }

    /** The same, in tracebacks or not. */
    Varargs call(LuaValue function, Varargs args, boolean hidden) {
        if (nested >= MAX_NESTED) {
            throw new Raised("C stack overflow");
        }
        Coroutine here = current();
        HostFrame host = new HostFrame(here.top, hidden);
        here.top = host;
        here.hosts++;
        nested++;
        try {
            unwinding.attempt(() -> {
                Varargs results = begin(function, args);
                if (!isLater(results)) {
                    deliver(results);
                }
            }, host, here);
            unwinding.loop(host, here);
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
                push(new LuaFrame(current().top, closure, given));
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
        if (frame.depth > MAX_DEPTH && (!unwinding.isHandling() || frame.depth > MAX_DEPTH + SPARE_DEPTH)) {
            throw error("stack overflow");
        }
        current().top = frame;
    }

    /**
     * {@code pcall} and {@code xpcall}.
     *
     * @param handler gets the error before the stack is unwound
     */
    public Varargs guard(LuaValue function, Varargs args, Optional<LuaValue> handler) {
        GuardFrame guard = new GuardFrame(current().top, handler);
        current().top = guard;
        Varargs results = begin(function, args);
        if (isLater(results)) {
            return SWITCHED;
        }
        current().top = guard.caller;
        return LuaValue.varargsOf(LuaValue.TRUE, results);
    }

    /** Gives results to the topmost frame of the current coroutine. */
    void deliver(Varargs values) {
        Varargs results = values;
        while (true) {
            Coroutine here = current();
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
                    Coroutine resumer = coroutines.leave(here, Status.DEAD);
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

    // Errors

    /** An error with the position of the running Lua function, if it is one. */
    public Raised error(String text) {
        return new Raised(LuaValue.valueOf(where(1) + text));
    }

    /** {@code file:line: } of the function at this level, empty if it is not Lua's. Level 1 is what called the native. */
    public String where(int level) {
        return Stack.at(current(), level) instanceof LuaFrame frame
                ? ChunkNames.display(frame.closure.prototype) + ":" + frame.line() + ": "
                : "";
    }

    Interpreter interpreter() {
        return interpreter;
    }

    Unwinding unwinding() {
        return unwinding;
    }

    /** The Lua function that is to run. */
    LuaFrame topLua() {
        if (current().top instanceof LuaFrame frame) {
            return frame;
        }
        throw new IllegalStateException("no Lua function to run");
    }
}
