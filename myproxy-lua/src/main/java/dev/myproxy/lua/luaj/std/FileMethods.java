package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import dev.myproxy.lua.luaj.vm.NumberText;
import java.io.IOException;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The methods of open files. */
final class FileMethods {

    /** What a method does once its file is known to be open. */
    @FunctionalInterface
    private interface Method {
        Varargs call(Machine machine, FileObject file, Varargs args) throws IOException;
    }

    private FileMethods() {}

    static LuaTable metatable() {
        LuaTable metatable = new LuaTable();
        Library library = new Library(metatable).set("__index", metatable);
        library.add("close", method((m, file, args) -> {
            file.close();
            return LuaValue.TRUE;
        })).add("flush", method((m, file, args) -> {
            file.file().flush();
            return LuaValue.TRUE;
        })).add("read", method((m, file, args) -> new FileReader(m, file.file()).read(args, 2)))
                .add("write", method((m, file, args) -> write(m, file, args, 2))).add("seek", method(FileMethods::seek))
                .add("setvbuf", method((m, file, args) -> LuaValue.TRUE))
                .add("lines", (m, args) -> lines(open(m, args), args.subargs(2), false))
                .add("__tostring", (m, args) -> {
                    FileObject file = any(m, args);
                    return LuaString.valueOf(file.isClosed() ? "file (closed)" : "file (" + Texts.address(file) + ")");
                });
        return metatable;
    }

    private static FileObject any(Machine machine, Varargs args) {
        if (args.arg1() instanceof FileObject file) {
            return file;
        }
        throw Args.badType(machine, args, 1, "FILE*");
    }

    static FileObject open(Machine machine, Varargs args) {
        FileObject file = any(machine, args);
        if (file.isClosed()) {
            throw machine.error("attempt to use a closed file");
        }
        return file;
    }

    private static Native.Body method(Method method) {
        return (m, args) -> {
            FileObject file = open(m, args);
            try {
                return method.call(m, file, args);
            } catch (IOException e) {
                return Errno.of(e).results();
            }
        };
    }

    /** Writes the arguments from this one on. */
    static Varargs write(Machine machine, FileObject file, Varargs args, int first) throws IOException {
        for (int i = first; i <= args.narg(); i++) {
            LuaString text = Args.string(machine, args, i);
            file.file().write(text.m_bytes, text.m_offset, text.m_length);
        }
        if (file.file() instanceof DiskFile disk) {
            disk.flush(); // whatever setvbuf says: a script may forget to close
        }
        return LuaValue.TRUE;
    }

    /** An iterator; at the end it closes the file if that is wanted. */
    static Native lines(FileObject file, Varargs formats, boolean close) {
        return new Native("lines", (m, none) -> {
            if (file.isClosed()) {
                throw m.error("file is already closed");
            }
            try {
                Varargs values = new FileReader(m, file.file()).read(formats, 1);
                if (values.arg1().isnil() && close) {
                    file.close();
                }
                return values;
            } catch (IOException e) {
                throw m.error(Errno.of(e).text());
            }
        });
    }

    private static Varargs seek(Machine machine, FileObject file, Varargs args) throws IOException {
        String whence = NumberText.of(Args.string(machine, args, 2, LuaString.valueOf("cur"))).tojstring();
        if (!whence.equals("set") && !whence.equals("cur") && !whence.equals("end")) {
            throw Args.bad(machine, 2, "invalid option '" + whence + "'");
        }
        return LuaDouble.valueOf((double) file.file().seek(whence, (long) Args.number(machine, args, 3, 0)));
    }
}
