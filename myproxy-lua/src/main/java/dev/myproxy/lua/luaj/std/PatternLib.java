package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code string} that take patterns. */
final class PatternLib {

    private static final String SPECIAL = "^$*+?.([%-";

    private PatternLib() {}

    static Library addTo(Library library) {
        return library.add("find", PatternLib::find).add("match", PatternLib::match).add("gmatch", PatternLib::each)
                .add("gsub", Substitution::substitute);
    }

    private static Varargs find(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        LuaString pattern = Args.string(machine, args, 2);
        int start = start(machine, args, text);
        if (args.arg(4).toboolean() || isPlain(pattern)) {
            int at = indexOf(machine, text, pattern, start);
            return at < 0
                    ? LuaValue.NIL
                    : LuaValue.varargsOf(LuaInteger.valueOf(at + 1), LuaInteger.valueOf(at + pattern.m_length));
        }
        return search(machine, text, pattern, start, true);
    }

    private static Varargs match(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        LuaString pattern = Args.string(machine, args, 2);
        int start = start(machine, args, text);
        return search(machine, text, pattern, start, false);
    }

    /** Where to begin, from 0 to the length. */
    private static int start(Machine machine, Varargs args, LuaString text) {
        int position = StringLib.position(Args.integer(machine, args, 3, 1), text.m_length);
        return Math.min(Math.max(position - 1, 0), text.m_length);
    }

    private static Varargs search(Machine machine, LuaString text, LuaString source, int from, boolean positions) {
        Pattern pattern = Pattern.parse(source, true);
        Matcher matcher = new Matcher(machine, text, pattern);
        for (int start = from; start <= text.m_length; start++) {
            int end = matcher.match(start);
            if (end >= 0) {
                return positions
                        ? LuaValue.varargsOf(LuaInteger.valueOf(start + 1), LuaInteger.valueOf(end),
                                matcher.captures(start, end, false))
                        : matcher.captures(start, end, true);
            }
            if (pattern.anchored()) {
                break;
            }
        }
        return LuaValue.NIL;
    }

    private static boolean isPlain(LuaString pattern) {
        for (int i = 0; i < pattern.m_length; i++) {
            if (SPECIAL.indexOf(pattern.luaByte(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(Machine machine, LuaString text, LuaString part, int from) {
        for (int at = from; at <= text.m_length - part.m_length; at++) {
            machine.budget().tick();
            if (LuaString.equals(text, at, part, 0, part.m_length)) {
                return at;
            }
        }
        return -1;
    }

    private static Varargs each(Machine machine, Varargs args) {
        LuaString text = Args.string(machine, args, 1);
        Matcher matcher = new Matcher(machine, text, Pattern.parse(Args.string(machine, args, 2), false));
        int[] next = {0};
        return new Native("gmatch", (m, none) -> {
            for (int start = next[0]; start <= text.m_length; start++) {
                int end = matcher.match(start);
                if (end >= 0) {
                    next[0] = end == start ? end + 1 : end;
                    return matcher.captures(start, end, true);
                }
            }
            next[0] = text.m_length + 1;
            return LuaValue.NIL;
        });
    }
}
