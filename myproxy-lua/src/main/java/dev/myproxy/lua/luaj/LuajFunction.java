package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import dev.myproxy.lua.luaj.vm.NumberText;
import dev.myproxy.lua.luaj.vm.Raised;
import dev.myproxy.lua.luaj.vm.Suspension;
import io.vertx.core.AsyncResult;
import java.util.List;
import java.util.concurrent.Executor;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The function of a builtin. There may be several of the same builtin: they are the same value for Lua. */
final class LuajFunction extends Native {

    private static final Logger LOG = LoggerFactory.getLogger(LuajFunction.class);

    private final LuaBuiltin builtin;

    LuajFunction(LuaBuiltin builtin, LuajValues values, Executor turn) {
        super(builtin.name(),
                (machine, args) -> values.inScope(() -> call(builtin, values, turn, machine, args)));
        this.builtin = builtin;
    }

    LuaBuiltin builtin() {
        return builtin;
    }

    private static Varargs call(LuaBuiltin builtin, LuajValues values, Executor turn, Machine machine, Varargs args) {
        LuaReply reply;
        try {
            reply = builtin.body().call(new LuaArgs(builtin.name(), values.toJava(args)));
        } catch (LuaError e) {
            throw raised(machine, e);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("A Lua function of ours failed: {}", builtin.name(), e);
            throw new Raised("internal error: " + e);
        }
        machine.budget().checkStopped();
        return switch (reply) {
            case LuaReply.Results(List<LuaValue> results) -> values.toLua(results);
            case LuaReply.Later later when later.values().succeeded() -> values.toLua(later.values().result());
            case LuaReply.Later later when later.values().failed() ->
                throw raised(machine, LuaError.of(later.values().cause()));
            case LuaReply.Later later -> await(later, values, turn, machine);
        };
    }

    private static Varargs await(LuaReply.Later later, LuajValues values, Executor turn, Machine machine) {
        if (!machine.budget().isRunning()) {
            return blocked(later, values, machine);
        }
        if (!machine.coroutines().canWait()) {
            later.cancel().run();
            throw machine.error("cannot wait outside a coroutine");
        }
        Suspension suspension = machine.coroutines().suspend();
        LuajTask task = (LuajTask) suspension.listener();
        task.waitsFor(later.cancel());
        later.values().onComplete(result -> turn.execute(() -> wake(task, suspension, result, values, machine)));
        return Machine.SWITCHED;
    }

    private static Varargs blocked(LuaReply.Later later, LuajValues values, Machine machine) {
        try {
            return values.toLua(later.await());
        } catch (LuaError e) {
            throw raised(machine, e);
        }
    }

    private static void wake(LuajTask task, Suspension suspension, AsyncResult<List<LuaValue>> result,
            LuajValues values, Machine machine) {
        if (!task.endWait()) {
            return;
        }
        if (result.succeeded()) {
            suspension.resume(values.toLua(result.result()));
        } else {
            suspension.raise(() -> raised(machine, LuaError.of(result.cause())));
        }
    }

    /** What a script gets for an error of library code. */
    static Raised raised(Machine machine, LuaError error) {
        LuaString text = LuajValues.string(error.text());
        return new Raised(error.isPositioned() ? NumberText.concat(machine.where(1), text) : text);
    }

    @SuppressWarnings("ReferenceEquality") // builtins are what they are
    private boolean isSame(Object other) {
        return other instanceof LuajFunction that && builtin == that.builtin;
    }

    @Override
    public boolean raweq(org.luaj.vm2.LuaValue other) {
        return isSame(other);
    }

    @Override
    public boolean equals(Object other) {
        return isSame(other);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(builtin);
    }
}
