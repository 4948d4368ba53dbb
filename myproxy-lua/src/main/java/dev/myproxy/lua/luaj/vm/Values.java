package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Lists of values that do not change when the registers they came from do. */
final class Values {

    private Values() {}

    static Varargs copy(LuaValue[] from, int first, int count) {
        return switch (count) {
            case 0 -> LuaValue.NONE;
            case 1 -> from[first];
            default -> {
                LuaValue[] copy = new LuaValue[count];
                System.arraycopy(from, first, copy, 0, count);
                yield LuaValue.varargsOf(copy);
            }
        };
    }

    /** Registers, and then values of unknown number. */
    static Varargs copy(LuaValue[] from, int first, int count, Varargs more) {
        if (count == 0) {
            return more;
        }
        if (more.narg() == 0) {
            return copy(from, first, count);
        }
        LuaValue[] copy = new LuaValue[count + more.narg()];
        System.arraycopy(from, first, copy, 0, count);
        for (int i = 0; i < more.narg(); i++) {
            copy[count + i] = more.arg(i + 1);
        }
        return LuaValue.varargsOf(copy);
    }
}
