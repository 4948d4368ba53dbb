package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.luaj.std.StandardLibraries;
import dev.myproxy.lua.luaj.std.Surroundings;
import dev.myproxy.lua.luaj.vm.Chunks;
import dev.myproxy.lua.luaj.vm.Closure;
import dev.myproxy.lua.luaj.vm.Halt;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Raised;
import dev.myproxy.protocol.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;

/** A machine with the standard libraries, and its tasks. */
final class LuajState implements LuaState {

    /** The working directory as the kernel has it: the JVM goes by the one that it was started in. */
    private static final Path WORKING_DIRECTORY = Path.of("/proc/self/cwd");

    private final Machine machine = new Machine();
    private final LuajValues values;
    private final Set<LuajTask> live = new LinkedHashSet<>();
    private boolean closed;

    LuajState(LuaSetup setup) {
        values = new LuajValues(setup.turn());
        machine.budget().setLimit(setup.limit());
        StandardLibraries.open(machine, new Surroundings(LuajState::directory));
    }

    private static Path directory() {
        return Files.isDirectory(WORKING_DIRECTORY) ? WORKING_DIRECTORY : Path.of("");
    }

    @Override
    public void setGlobal(String name, LuaValue value) {
        machine.globals().rawset(LuaString.valueOf(name), values.toLua(value));
    }

    @Override
    public void run(ByteString source, String chunkName, LuaValue... args) {
        checkIdle();
        try {
            Closure chunk = Chunks.load(LuajValues.string(source), LuaString.valueOf(chunkName), machine.environment());
            machine.call(chunk, values.toLua(List.of(args)));
        } catch (Raised e) {
            throw LuaError.plain(LuajValues.bytes(e.text()));
        } catch (Halt e) {
            throw LuaError.plain(e.reason());
        }
    }

    @Override
    public LuaTable newTable() {
        LuajTable table = new LuajTable(values, new org.luaj.vm2.LuaTable());
        table.keep();
        return table;
    }

    @Override
    public LuaTask start(LuaOwner owner, LuaFunction function, List<LuaValue> args, Consumer<LuaOutcome> outcome) {
        checkIdle();
        LuajTask task = new LuajTask(machine, values, values.toLua(function), live, owner, outcome);
        task.start(values.toLua(args));
        return task;
    }

    @Override
    public Optional<LuaOwner> owner() {
        return machine.coroutines().task().map(task -> ((LuajTask) task).owner());
    }

    @Override
    public void stop() {
        machine.budget().stop();
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(live).forEach(LuajTask::cancel);
    }

    private void checkIdle() {
        if (machine.isBusy()) {
            throw new IllegalStateException("Lua is running");
        }
        if (closed) {
            throw new IllegalStateException("Lua state is closed");
        }
    }
}
