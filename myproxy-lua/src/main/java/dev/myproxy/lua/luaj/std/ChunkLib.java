package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Chunks;
import dev.myproxy.lua.luaj.vm.Closure;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import dev.myproxy.lua.luaj.vm.Raised;
import dev.myproxy.lua.luaj.vm.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The global functions that load chunks and change environments. */
final class ChunkLib {

    private static final LuaString STDIN = LuaString.valueOf("=stdin");

    private ChunkLib() {}

    static void open(Library library, Surroundings surroundings) {
        library.add("load", ChunkLib::load).add("loadstring", ChunkLib::load)
                .add("loadfile", (m, args) -> loadFile(m, args, surroundings))
                .add("dofile", (m, args) -> m.begin(fromFile(args.isnoneornil(1) ? null : Args.string(m, args, 1),
                        m.environment(), surroundings), LuaValue.NONE))
                .add("getfenv", ChunkLib::getEnvironment).add("setfenv", ChunkLib::setEnvironment);
    }

    private static Varargs load(Machine machine, Varargs args) {
        LuaValue chunk = args.arg1();
        LuaString source;
        LuaString name;
        if (chunk instanceof LuaString || chunk instanceof LuaNumber) {
            source = NumberText.of(chunk);
            name = Args.string(machine, args, 2, source);
        } else {
            name = Args.string(machine, args, 2, LuaString.valueOf("=(load)"));
            LuaFunction reader = Args.function(machine, args, 1);
            try {
                source = read(machine, reader);
            } catch (Raised e) {
                return LuaValue.varargsOf(LuaValue.NIL, e.value());
            }
        }
        return attempt(source, name, args.narg() >= 4 ? args.arg(4) : machine.environment());
    }

    private static LuaString read(Machine machine, LuaFunction reader) {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        while (true) {
            LuaValue piece = machine.call(reader).arg1();
            if (piece.isnil()) {
                break;
            }
            if (!piece.isstring()) {
                throw new Raised("reader function must return a string");
            }
            LuaString text = NumberText.of(piece);
            if (text.m_length == 0) {
                break;
            }
            source.write(text.m_bytes, text.m_offset, text.m_length);
        }
        return LuaString.valueUsing(source.toByteArray());
    }

    private static Varargs attempt(LuaString source, LuaString name, LuaValue environment) {
        try {
            return Chunks.load(source, name, environment);
        } catch (Raised e) {
            return LuaValue.varargsOf(LuaValue.NIL, e.value());
        }
    }

    private static Varargs loadFile(Machine machine, Varargs args, Surroundings surroundings) {
        LuaString name = args.isnoneornil(1) ? null : Args.string(machine, args, 1);
        try {
            return fromFile(name, args.narg() >= 3 ? args.arg(3) : machine.environment(), surroundings);
        } catch (Raised e) {
            return LuaValue.varargsOf(LuaValue.NIL, e.value());
        }
    }

    /**
     * Loads a file.
     *
     * @param name null for the standard input
     * @throws Raised if it can't be read, or for a syntax error
     */
    static Closure fromFile(@org.jspecify.annotations.Nullable LuaString name, LuaValue environment,
            Surroundings surroundings) {
        try {
            if (name == null) {
                return Chunks.load(LuaString.valueUsing(System.in.readAllBytes()), STDIN, environment);
            }
            byte[] source = Files.readAllBytes(surroundings.file(name));
            return Chunks.load(LuaString.valueUsing(source), NumberText.concat("@", name), environment);
        } catch (IOException e) {
            throw new Raised(NumberText.concat("cannot open ",
                    NumberText.concat(name == null ? STDIN : name, LuaString.valueOf(": " + Errno.of(e).text()))));
        }
    }

    private static Varargs getEnvironment(Machine machine, Varargs args) {
        if (args.arg1() instanceof LuaFunction function) {
            return function instanceof Closure closure ? closure.environment() : machine.environment();
        }
        int level = Args.integer(machine, args, 1, 1);
        if (level == 0) {
            return machine.environment();
        }
        checkLevel(machine, level);
        return Stack.closure(machine.current(), level).map(Closure::environment).orElse(machine.environment());
    }

    private static Varargs setEnvironment(Machine machine, Varargs args) {
        LuaTable environment = Args.table(machine, args, 2);
        if (args.arg1() instanceof LuaFunction function) {
            change(machine, function, environment);
            return function;
        }
        int level = Args.integer(machine, args, 1);
        if (level == 0) {
            machine.setEnvironment(environment);
            return LuaValue.NONE;
        }
        checkLevel(machine, level);
        LuaFunction running = Stack.closure(machine.current(), level).map(LuaFunction.class::cast)
                .orElseThrow(() -> machine.error("'setfenv' cannot change environment of given object"));
        change(machine, running, environment);
        return running;
    }

    private static void checkLevel(Machine machine, int level) {
        if (!Stack.hasLevel(machine.current(), level)) {
            throw Args.bad(machine, 1, "invalid level");
        }
    }

    private static void change(Machine machine, LuaFunction function, LuaTable environment) {
        if (!(function instanceof Closure closure)) {
            throw machine.error("'setfenv' cannot change environment of given object");
        }
        closure.setEnvironment(environment);
    }
}
