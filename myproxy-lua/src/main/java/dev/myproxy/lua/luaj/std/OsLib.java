package dev.myproxy.lua.luaj.std;

import dev.myproxy.posix.Environment;
import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code os} library, but for dates. {@code os.exit} is for the daemon to define: here it is an error. */
final class OsLib {

    private OsLib() {}

    static LuaTable open(Surroundings surroundings) {
        long start = System.nanoTime();
        Library library = new Library().add("clock", (m, args) -> clock(start))
                .add("difftime",
                        (m, args) -> LuaDouble.valueOf(Args.number(m, args, 1) - Args.number(m, args, 2, 0)))
                .add("getenv",
                        (m, args) -> Environment.variable(Args.string(m, args, 1).tojstring())
                                .<LuaValue>map(LuaString::valueOf).orElse(LuaValue.NIL))
                .add("exit", (m, args) -> {
                    throw m.error("os.exit is not available");
                }).add("setlocale", OsLib::setLocale).add("tmpname", OsLib::temporaryName)
                .add("remove", (m, args) -> remove(m, args, surroundings))
                .add("rename", (m, args) -> rename(m, args, surroundings))
                .add("execute", (m, args) -> execute(m, args, surroundings));
        return DateLib.addTo(library).table();
    }

    private static Varargs clock(long start) {
        return LuaDouble.valueOf(ProcessHandle.current().info().totalCpuDuration()
                .map(used -> used.toNanos() / 1e9).orElse((System.nanoTime() - start) / 1e9));
    }

    private static Varargs setLocale(Machine machine, Varargs args) {
        String wanted = Args.string(machine, args, 1, LuaString.valueOf("")).tojstring();
        boolean known = wanted.isEmpty() || wanted.equals("C") || wanted.equals("POSIX");
        return known ? LuaString.valueOf("C") : LuaValue.NIL;
    }

    private static Varargs temporaryName(Machine machine, Varargs args) {
        try {
            return LuaString.valueOf(Files.createTempFile("lua_", "").toString());
        } catch (IOException e) {
            throw machine.error("unable to generate a unique filename");
        }
    }

    private static Varargs remove(Machine machine, Varargs args, Surroundings surroundings) {
        LuaString name = Args.string(machine, args, 1);
        try {
            Files.delete(surroundings.file(name));
            return LuaValue.TRUE;
        } catch (IOException e) {
            return Errno.of(e).results(name.tojstring());
        }
    }

    private static Varargs rename(Machine machine, Varargs args, Surroundings surroundings) {
        LuaString from = Args.string(machine, args, 1);
        LuaString to = Args.string(machine, args, 2);
        try {
            Files.move(surroundings.file(from), surroundings.file(to), StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            return LuaValue.TRUE;
        } catch (IOException e) {
            return Errno.of(e).results(from.tojstring());
        }
    }

    /** The status as {@code system()} of the C library gives it. */
    private static Varargs execute(Machine machine, Varargs args, Surroundings surroundings) {
        if (args.arg1().isnil()) {
            return LuaInteger.valueOf(1);
        }
        String command = Args.string(machine, args, 1).tojstring();
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).inheritIO();
            Environment.apply(builder);
            String directory = surroundings.directory().get().toString();
            if (!directory.isEmpty()) {
                builder.directory(new java.io.File(directory));
            }
            int status = builder.start().waitFor();
            return LuaInteger.valueOf(status > 128 ? status - 128 : status << 8);
        } catch (IOException e) {
            return LuaInteger.valueOf(-1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LuaInteger.valueOf(-1);
        }
    }
}
