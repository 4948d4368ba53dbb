package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberScan;
import java.io.IOException;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The formats of {@code file:read}. */
final class FileReader {

    private static final int MAX_NUMBER_BYTES = 200;

    private final Machine machine;
    private final LuaFile file;

    FileReader(Machine machine, LuaFile file) {
        this.machine = machine;
        this.file = file;
    }

    /** Reads all formats from this argument on, a line if there are none; stops after the first that gives nil. */
    Varargs read(Varargs args, int first) throws IOException {
        if (args.narg() < first) {
            return line(false);
        }
        LuaValue[] values = new LuaValue[args.narg() - first + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(args, first + i);
            if (values[i].isnil()) {
                LuaValue[] some = java.util.Arrays.copyOf(values, i + 1);
                return LuaValue.varargsOf(some);
            }
        }
        return LuaValue.varargsOf(values);
    }

    private LuaValue value(Varargs args, int number) throws IOException {
        if (args.arg(number) instanceof LuaNumber) {
            return bytes(Args.integer(machine, args, number));
        }
        String format = args.arg(number).isstring() ? args.arg(number).tojstring() : "";
        String letter = format.startsWith("*") ? format.substring(1) : format;
        return switch (letter.isEmpty() ? ' ' : letter.charAt(0)) {
            case 'n' -> number();
            case 'l' -> line(false);
            case 'L' -> line(true);
            case 'a' -> rest();
            default -> throw Args.bad(machine, number, "invalid format");
        };
    }

    private LuaValue line(boolean keepEnd) throws IOException {
        Bytes text = new Bytes(machine);
        int c = file.peek();
        if (c < 0) {
            return LuaValue.NIL;
        }
        for (; c >= 0; c = file.peek()) {
            file.skip();
            if (c == '\n') {
                return keepEnd ? text.add(c).string() : text.string();
            }
            text.add(c);
        }
        return text.string();
    }

    private LuaString rest() throws IOException {
        Bytes text = new Bytes(machine);
        for (int c = file.peek(); c >= 0; c = file.peek()) {
            file.skip();
            text.add(c);
        }
        return text.string();
    }

    private LuaValue bytes(int count) throws IOException {
        Bytes text = new Bytes(machine);
        int c = file.peek();
        if (c < 0) {
            return LuaValue.NIL;
        }
        while (text.length() < count && c >= 0) {
            file.skip();
            text.add(c);
            c = text.length() < count ? file.peek() : c;
        }
        return text.string();
    }

    private LuaValue number() throws IOException {
        Bytes text = new Bytes(machine);
        int c = file.peek();
        while (c == ' ' || (c >= 9 && c <= 13)) {
            file.skip();
            c = file.peek();
        }
        while (text.length() < MAX_NUMBER_BYTES && (Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.')) {
            file.skip();
            text.add(c);
            c = file.peek();
        }
        return NumberScan.toNumber(text.string());
    }
}
