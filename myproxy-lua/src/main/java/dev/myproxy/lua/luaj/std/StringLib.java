package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import java.util.function.IntUnaryOperator;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code string} library but for patterns and formats. Strings are bytes; letters are ASCII's. */
final class StringLib {

    private StringLib() {}

    static LuaTable open() {
        Library library = new Library().add("byte", StringLib::bytes).add("char", StringLib::fromBytes)
                .add("dump", StringLib::dump).add("format", Format::format)
                .add("len", (m, args) -> LuaInteger.valueOf(Args.string(m, args, 1).m_length))
                .add("lower", map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c))
                .add("upper", map(c -> c >= 'a' && c <= 'z' ? c - 32 : c)).add("rep", StringLib::repeat)
                .add("reverse", StringLib::reverse).add("sub", StringLib::sub);
        return PatternLib.addTo(library).table();
    }

    /** A position counted from the end if negative. */
    static int position(int position, int length) {
        return position >= 0 ? position : Math.max(position + length + 1, 0);
    }

    private static Varargs sub(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        int from = Math.max(position(Args.integer(machine, args, 2), text.m_length), 1);
        int to = Math.min(position(Args.integer(machine, args, 3, -1), text.m_length), text.m_length);
        return from > to ? LuaValue.EMPTYSTRING : text.substring(from - 1, to);
    }

    private static Varargs bytes(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        int first = Args.integer(machine, args, 2, 1);
        int from = Math.max(position(first, text.m_length), 1);
        int to = Math.min(position(Args.integer(machine, args, 3, first), text.m_length), text.m_length);
        if (from > to) {
            return LuaValue.NONE;
        }
        LuaValue[] values = new LuaValue[to - from + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = LuaInteger.valueOf(text.luaByte(from - 1 + i));
        }
        machine.budget().spend(values.length);
        return LuaValue.varargsOf(values);
    }

    private static Varargs fromBytes(Machine machine, Varargs args) {
        byte[] text = new byte[args.narg()];
        for (int i = 0; i < text.length; i++) {
            int value = Args.integer(machine, args, i + 1);
            if (value < 0 || value > 255) {
                throw Args.bad(machine, i + 1, "invalid value");
            }
            text[i] = (byte) value;
        }
        return LuaString.valueUsing(text);
    }

    private static Varargs dump(Machine machine, Varargs args) {
        Args.function(machine, args, 1);
        throw machine.error("unable to dump given function");
    }

    private static Native.Body map(IntUnaryOperator change) {
        return (m, args) -> {
            LuaString text = Args.string(m, args, 1);
            byte[] changed = new byte[text.m_length];
            for (int i = 0; i < changed.length; i++) {
                changed[i] = (byte) change.applyAsInt(text.luaByte(i));
            }
            m.budget().spend(changed.length / 8);
            return LuaString.valueUsing(changed);
        };
    }

    private static Varargs repeat(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        int count = Args.integer(machine, args, 2);
        LuaString separator = Args.string(machine, args, 3, LuaValue.EMPTYSTRING);
        if (count <= 0 || text.m_length + separator.m_length == 0) {
            return LuaValue.EMPTYSTRING;
        }
        if (((long) text.m_length + separator.m_length) * count > Machine.MAX_STRING_BYTES) {
            throw machine.error("not enough memory");
        }
        Bytes result = new Bytes(machine);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                result.add(separator);
            }
            result.add(text);
        }
        return result.string();
    }

    private static Varargs reverse(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        byte[] reversed = new byte[text.m_length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = (byte) text.luaByte(reversed.length - 1 - i);
        }
        machine.budget().spend(reversed.length / 8);
        return LuaString.valueUsing(reversed);
    }
}
