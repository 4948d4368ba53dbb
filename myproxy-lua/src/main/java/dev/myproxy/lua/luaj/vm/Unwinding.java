package dev.myproxy.lua.luaj.vm;

import dev.myproxy.lua.luaj.vm.Coroutine.Status;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Runs Lua code until it comes back to Java, and brings errors to the guards that catch them. */
@SuppressWarnings("ReferenceEquality") // coroutines are what they are, whatever LuaJ's equals says
final class Unwinding {

    private final Machine machine;
    private int handlers;

    Unwinding(Machine machine) {
        this.machine = machine;
    }

    /** Whether an error handler runs. */
    boolean isHandling() {
        return handlers > 0;
    }

    /** Runs until the host frame got its results, or, without one, until the task that runs leaves. */
    void loop(@Nullable HostFrame host, Coroutine home) {
        while (host == null ? machine.current() != home : !host.isOver()) {
            attempt(machine.interpreter(), host, home);
        }
    }

    /** Runs something; its errors go where they are caught. */
    void attempt(Runnable step, @Nullable HostFrame host, Coroutine home) {
        try {
            try {
                step.run();
            } catch (Raised e) {
                unwind(e, host);
            } catch (LuaError e) {
                unwind(machine.error(String.valueOf(e.getMessage())), host);
            } catch (StackOverflowError e) {
                unwind(machine.error("stack overflow"), host);
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
            Coroutine here = machine.current();
            error = callHandler(error);
            Frame frame = here.top;
            while (frame instanceof LuaFrame) {
                frame = frame.caller;
            }
            if (frame instanceof GuardFrame guard) {
                here.top = guard.caller;
                machine.deliver(LuaValue.varargsOf(LuaValue.FALSE, error.value()));
                return;
            }
            if (frame != null && frame == host) {
                throw error;
            }
            boolean wrapped = here.wrapped;
            if (wrapped || here.task().isPresent()) {
                error.addTraceback(Stack.traceback(here, 0));
            }
            Raised last = error;
            Coroutine resumer = machine.coroutines().leave(here, Status.DEAD);
            here.task().ifPresent(listener -> listener.failed(last));
            if (resumer == null) {
                return;
            }
            if (!wrapped) {
                machine.deliver(LuaValue.varargsOf(LuaValue.FALSE, error.value()));
                return;
            }
            error = new Raised(error.value() instanceof LuaString text
                    ? NumberText.concat(machine.where(1), text)
                    : error.value());
            error.addTraceback(last.traceback());
        }
    }

    private Raised callHandler(Raised error) {
        Frame frame = machine.current().top;
        while (frame != null && !(frame instanceof GuardFrame)) {
            frame = frame.caller;
        }
        if (!(frame instanceof GuardFrame guard) || guard.handler.isEmpty() || error.isHandledFor(guard)) {
            return error;
        }
        handlers++;
        try {
            error.handled(guard, machine.call(guard.handler.get(), error.value(), true).arg1());
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
        while (machine.current() != home) {
            Coroutine here = machine.current();
            error.addTraceback(Stack.traceback(here, 0));
            boolean base = machine.coroutines().leave(here, Status.DEAD) == null;
            here.task().ifPresent(listener -> listener.failed(error));
            if (base) {
                break;
            }
        }
    }
}
