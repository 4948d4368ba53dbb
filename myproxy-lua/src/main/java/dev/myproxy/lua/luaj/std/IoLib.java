package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code io} library. */
final class IoLib {

    private static final Pattern MODE = Pattern.compile("[rwa]\\+?b?\\+?");

    private final Surroundings surroundings;
    private final LuaTable metatable = FileMethods.metatable();
    private FileObject input = standard(PipeFile.reading(new FileInputStream(FileDescriptor.in)));
    private FileObject output = standard(PipeFile.writing(new FileOutputStream(FileDescriptor.out)));

    private IoLib(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static LuaTable open(Surroundings surroundings) {
        IoLib io = new IoLib(surroundings);
        FileObject errors = io.standard(PipeFile.writing(new FileOutputStream(FileDescriptor.err)));
        return new Library().set("stdin", io.input).set("stdout", io.output).set("stderr", errors)
                .add("open", io::openFile).add("close", io::close).add("input", io::input).add("output", io::output)
                .add("lines", io::lines).add("popen", io::popen).add("tmpfile", io::temporary)
                .add("type", IoLib::type).add("flush", (m, args) -> io.method(m, "flush", args, io.output))
                .add("read", (m, args) -> io.method(m, "read", args, io.input))
                .add("write", (m, args) -> io.method(m, "write", args, io.output)).table();
    }

    private FileObject standard(LuaFile file) {
        return new FileObject(file, true, metatable);
    }

    private Varargs method(Machine machine, String name, Varargs args, FileObject file) {
        return machine.begin(metatable.rawget(LuaString.valueOf(name)), LuaValue.varargsOf(file, args));
    }

    private Varargs openFile(Machine machine, Varargs args) {
        LuaString name = Args.string(machine, args, 1);
        String mode = Args.string(machine, args, 2, LuaString.valueOf("r")).tojstring();
        if (!MODE.matcher(mode).matches()) {
            return new Errno("Invalid argument", 22).results(name.tojstring());
        }
        try {
            return open(name, mode);
        } catch (IOException e) {
            return Errno.of(e).results(name.tojstring());
        }
    }

    private FileObject open(LuaString name, String mode) throws IOException {
        Path path;
        try {
            path = surroundings.file(name);
        } catch (InvalidPathException e) {
            throw new IOException("Invalid argument", e);
        }
        return new FileObject(DiskFile.open(path, mode), false, metatable);
    }

    private FileObject openOrRaise(Machine machine, LuaString name, String mode) {
        try {
            return open(name, mode);
        } catch (IOException e) {
            throw Args.bad(machine, 1, name.tojstring() + ": " + Errno.of(e).text());
        }
    }

    private Varargs close(Machine machine, Varargs args) {
        return method(machine, "close", LuaValue.NONE,
                args.narg() == 0 ? output : FileMethods.open(machine, args));
    }

    private Varargs input(Machine machine, Varargs args) {
        if (!args.arg1().isnil()) {
            input = args.arg1().isstring()
                    ? openOrRaise(machine, Args.string(machine, args, 1), "r")
                    : FileMethods.open(machine, args);
        }
        return input;
    }

    private Varargs output(Machine machine, Varargs args) {
        if (!args.arg1().isnil()) {
            output = args.arg1().isstring()
                    ? openOrRaise(machine, Args.string(machine, args, 1), "w")
                    : FileMethods.open(machine, args);
        }
        return output;
    }

    private Varargs lines(Machine machine, Varargs args) {
        if (args.arg1().isnil()) {
            return FileMethods.lines(input, LuaValue.NONE, false);
        }
        return FileMethods.lines(openOrRaise(machine, Args.string(machine, args, 1), "r"), args.subargs(2), true);
    }

    private Varargs popen(Machine machine, Varargs args) {
        String command = Args.string(machine, args, 1).tojstring();
        String mode = Args.string(machine, args, 2, LuaString.valueOf("r")).tojstring();
        try {
            return new FileObject(
                    PipeFile.command(command, mode.startsWith("r"), surroundings.directory().get()), false, metatable);
        } catch (IOException e) {
            return Errno.of(e).results(command);
        }
    }

    private Varargs temporary(Machine machine, Varargs args) {
        try {
            Path file = Files.createTempFile("lua_", "");
            return new FileObject(DiskFile.open(file, "w+", StandardOpenOption.DELETE_ON_CLOSE), false, metatable);
        } catch (IOException e) {
            return Errno.of(e).results();
        }
    }

    /** {@code print} as it is before the daemon puts its own in the place. */
    static Varargs print(Machine machine, Varargs args) {
        LuaValue toString = machine.globals().rawget("tostring");
        Bytes line = new Bytes(machine);
        for (int i = 1; i <= args.narg(); i++) {
            LuaValue text = machine.call(toString, args.arg(i)).arg1();
            if (!text.isstring()) {
                throw machine.error("'tostring' must return a string to 'print'");
            }
            line.add(i == 1 ? "" : "\t").add(NumberText.of(text));
        }
        LuaString bytes = line.add('\n').string();
        System.out.write(bytes.m_bytes, bytes.m_offset, bytes.m_length);
        System.out.flush();
        return LuaValue.NONE;
    }

    private static Varargs type(Machine machine, Varargs args) {
        if (!(Args.value(machine, args, 1) instanceof FileObject file)) {
            return LuaValue.NIL;
        }
        return LuaString.valueOf(file.isClosed() ? "closed file" : "file");
    }
}
