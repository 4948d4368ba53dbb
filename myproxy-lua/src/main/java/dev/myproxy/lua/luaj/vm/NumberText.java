package dev.myproxy.lua.luaj.vm;

import dev.myproxy.lua.LuaNumbers;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Numbers as text, {@code %.14g}, and strings put together. */
public final class NumberText {

    private NumberText() {}

    /** A string as it is, a number as Lua writes it. */
    public static LuaString of(LuaValue stringOrNumber) {
        return switch (stringOrNumber) {
            case LuaString string -> string;
            case LuaInteger integer -> LuaString.valueOf(Integer.toString(integer.v));
            default -> LuaString.valueOf(LuaNumbers.format(stringOrNumber.todouble()));
        };
    }

    public static LuaString concat(String left, LuaString right) {
        return concat(LuaString.valueOf(left), right);
    }

    static LuaString concat(LuaString left, String right) {
        return concat(left, LuaString.valueOf(right));
    }

    public static LuaString concat(LuaString left, LuaString right) {
        byte[] bytes = new byte[Math.addExact(left.m_length, right.m_length)];
        left.copyInto(0, bytes, 0, left.m_length);
        right.copyInto(0, bytes, left.m_length, right.m_length);
        return LuaString.valueUsing(bytes);
    }
}
