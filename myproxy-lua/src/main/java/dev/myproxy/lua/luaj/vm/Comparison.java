package dev.myproxy.lua.luaj.vm;

import java.util.Arrays;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Order and equality: numbers by value, strings by unsigned bytes, tables and userdata by metamethods. */
public final class Comparison {

    private Comparison() {}

    /** Below zero, zero or above as the first string is before, the same as or after the second. */
    public static int compare(LuaString left, LuaString right) {
        return Arrays.compareUnsigned(left.m_bytes, left.m_offset, left.m_offset + left.m_length, right.m_bytes,
                right.m_offset, right.m_offset + right.m_length);
    }

    /** Raw equality; what is no number is equal to nothing, not even to the very same object. */
    public static boolean same(LuaValue left, LuaValue right) {
        return left.raweq(right) && !(left instanceof LuaNumber number && Double.isNaN(number.todouble()));
    }

    /** Whether {@link #lessOf} knows the answer. */
    static boolean isPlain(LuaValue left, LuaValue right) {
        return (left instanceof LuaNumber && right instanceof LuaNumber)
                || (left instanceof LuaString && right instanceof LuaString);
    }

    static boolean lessOf(LuaValue left, LuaValue right) {
        if (left instanceof LuaInteger x && right instanceof LuaInteger y) {
            return x.v < y.v;
        }
        if (left instanceof LuaString x && right instanceof LuaString y) {
            return compare(x, y) < 0;
        }
        return left.todouble() < right.todouble();
    }

    static boolean lessOrEqualOf(LuaValue left, LuaValue right) {
        if (left instanceof LuaString x && right instanceof LuaString y) {
            return compare(x, y) <= 0;
        }
        return left.todouble() <= right.todouble();
    }

    /** The metamethod that both operands have for an event, nil if they have none in common. */
    static LuaValue common(Machine machine, LuaValue left, LuaValue right, LuaString event) {
        if (left.type() != right.type()) {
            return LuaValue.NIL;
        }
        LuaValue one = machine.metatables().event(left, event);
        return !one.isnil() && one.raweq(machine.metatables().event(right, event)) ? one : LuaValue.NIL;
    }

    /** The {@code __eq} to ask about two values that are not the same, nil if they are simply different. */
    static LuaValue equality(Machine machine, LuaValue left, LuaValue right) {
        boolean comparable = (left instanceof LuaTable && right instanceof LuaTable)
                || (left instanceof LuaUserdata && right instanceof LuaUserdata);
        return comparable ? common(machine, left, right, LuaValue.EQ) : LuaValue.NIL;
    }

    /** {@code left < right} for library functions. */
    public static boolean less(Machine machine, LuaValue left, LuaValue right) {
        if (isPlain(left, right)) {
            return lessOf(left, right);
        }
        LuaValue method = common(machine, left, right, LuaValue.LT);
        if (method.isnil()) {
            throw failure(machine, left, right);
        }
        Varargs answer = machine.call(method, left, right);
        return answer.arg1().toboolean();
    }

    static Raised failure(Machine machine, LuaValue left, LuaValue right) {
        String one = left.typename();
        String two = right.typename();
        return machine.error(one.equals(two)
                ? "attempt to compare two " + one + " values"
                : "attempt to compare " + one + " with " + two);
    }
}
