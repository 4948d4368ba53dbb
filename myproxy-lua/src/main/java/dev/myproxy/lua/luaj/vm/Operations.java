package dev.myproxy.lua.luaj.vm;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What Lua's operators do, metamethods included. Where a metamethod is a Lua function, its frame is pushed and the
 * answer is null (or negative): {@link Interpreter#finish} gets the result.
 */
final class Operations {

    private static final int LATER = -1;

    private final Machine machine;

    Operations(Machine machine) {
        this.machine = machine;
    }

    private @Nullable LuaValue first(Varargs results) {
        return Machine.isLater(results) ? null : results.arg1();
    }

    /** {@code object[key]}. */
    @Nullable
    LuaValue index(LuaValue object, LuaValue key) {
        LuaValue from = object;
        for (int i = 0; i < Metatables.MAX_CHAIN; i++) {
            LuaValue handler;
            if (from instanceof LuaTable table) {
                LuaValue value = table.rawget(key);
                if (!value.isnil()) {
                    return value;
                }
                handler = machine.metatables().event(table, LuaValue.INDEX);
                if (handler.isnil()) {
                    return LuaValue.NIL;
                }
            } else {
                handler = machine.metatables().event(from, LuaValue.INDEX);
                if (handler.isnil()) {
                    throw VariableNames.typeError(machine, "index", from);
                }
            }
            if (handler.isfunction()) {
                return first(machine.begin(handler, LuaValue.varargsOf(from, key)));
            }
            from = handler;
        }
        throw machine.error("'__index' chain too long; possibly a loop");
    }

    /** {@code object[key] = value}; false if the metamethod goes on. */
    boolean assign(LuaValue object, LuaValue key, LuaValue value) {
        LuaValue to = object;
        for (int i = 0; i < Metatables.MAX_CHAIN; i++) {
            LuaValue handler;
            if (to instanceof LuaTable table) {
                LuaValue metatable = machine.metatables().of(table);
                handler = metatable instanceof LuaTable meta ? meta.rawget(LuaValue.NEWINDEX) : LuaValue.NIL;
                if (handler.isnil() || !table.rawget(key).isnil()) {
                    set(table, key, value);
                    return true;
                }
            } else {
                handler = machine.metatables().event(to, LuaValue.NEWINDEX);
                if (handler.isnil()) {
                    throw VariableNames.typeError(machine, "index", to);
                }
            }
            if (handler.isfunction()) {
                return !Machine.isLater(machine.begin(handler, LuaValue.varargsOf(to, key, value)));
            }
            to = handler;
        }
        throw machine.error("'__newindex' chain too long; possibly a loop");
    }

    private void set(LuaTable table, LuaValue key, LuaValue value) {
        if (key instanceof LuaInteger integer) {
            table.rawset(integer.v, value);
            return;
        }
        if (key.isnil()) {
            throw machine.error("table index is nil");
        }
        if (key instanceof LuaNumber && Double.isNaN(key.todouble())) {
            throw machine.error("table index is NaN");
        }
        table.rawset(key, value);
    }

    @Nullable
    LuaValue arithmetic(int opcode, LuaValue left, LuaValue right) {
        LuaValue x = NumberScan.toNumber(left);
        LuaValue y = NumberScan.toNumber(right);
        if (!x.isnil() && !y.isnil()) {
            return Arithmetic.compute(opcode, x, y);
        }
        LuaString event = Arithmetic.event(opcode);
        LuaValue method = machine.metatables().event(left, event);
        if (method.isnil()) {
            method = machine.metatables().event(right, event);
        }
        if (method.isnil()) {
            throw VariableNames.typeError(machine, "perform arithmetic on", x.isnil() ? left : right);
        }
        return first(machine.begin(method, LuaValue.varargsOf(left, right)));
    }

    @Nullable
    LuaValue negate(LuaValue value) {
        return value instanceof LuaNumber
                ? Arithmetic.compute(Lua.OP_UNM, value, value)
                : arithmetic(Lua.OP_UNM, value, value);
    }

    /** {@code #value}: tables have no metamethod for it in Lua 5.1. */
    @Nullable
    LuaValue length(LuaValue value) {
        return switch (value) {
            case LuaString string -> LuaInteger.valueOf(string.m_length);
            case LuaTable table -> LuaInteger.valueOf(table.rawlen());
            default -> {
                LuaValue method = machine.metatables().event(value, LuaValue.LEN);
                if (method.isnil()) {
                    throw VariableNames.typeError(machine, "get length of", value);
                }
                yield first(machine.begin(method, value));
            }
        };
    }

    /** 1, 0, or negative if a metamethod will say. */
    int equal(LuaValue left, LuaValue right) {
        if (Comparison.same(left, right)) {
            return 1;
        }
        LuaValue method = Comparison.equality(machine, left, right);
        return method.isnil() ? 0 : truth(machine.begin(method, LuaValue.varargsOf(left, right)));
    }

    /** {@code <} or {@code <=}: 1, 0, or negative if a metamethod will say. */
    int order(LuaFrame frame, boolean orEqual, LuaValue left, LuaValue right) {
        if (Comparison.isPlain(left, right)) {
            boolean answer = orEqual ? Comparison.lessOrEqualOf(left, right) : Comparison.lessOf(left, right);
            return answer ? 1 : 0;
        }
        LuaValue method = Comparison.common(machine, left, right, orEqual ? LuaValue.LE : LuaValue.LT);
        if (!method.isnil()) {
            return truth(machine.begin(method, LuaValue.varargsOf(left, right)));
        }
        LuaValue opposite = orEqual ? Comparison.common(machine, left, right, LuaValue.LT) : LuaValue.NIL;
        if (opposite.isnil()) {
            throw Comparison.failure(machine, left, right);
        }
        frame.negated = true;
        int answer = truth(machine.begin(opposite, LuaValue.varargsOf(right, left)));
        if (answer == LATER) {
            return LATER;
        }
        frame.negated = false;
        return 1 - answer;
    }

    /** Readies the registers of a numeric loop: start, limit, step; the start one step early. */
    void prepareLoop(LuaValue[] registers, int a) {
        registers[a] = loopNumber(registers[a], "initial value");
        registers[a + 1] = loopNumber(registers[a + 1], "limit");
        registers[a + 2] = loopNumber(registers[a + 2], "step");
        registers[a] = Arithmetic.compute(Lua.OP_SUB, registers[a], registers[a + 2]);
    }

    private LuaValue loopNumber(LuaValue value, String what) {
        LuaValue number = NumberScan.toNumber(value);
        if (number.isnil()) {
            throw machine.error("'for' " + what + " must be a number");
        }
        return number;
    }

    private static int truth(Varargs results) {
        if (Machine.isLater(results)) {
            return LATER;
        }
        return results.arg1().toboolean() ? 1 : 0;
    }

    /** Joins the registers from first to last, right to left, into the first; false if a metamethod goes on. */
    boolean concat(LuaFrame frame, int first, int last) {
        LuaValue[] registers = frame.registers;
        int at = frame.concatAt < 0 ? last : frame.concatAt;
        frame.concatAt = -1;
        while (at > first) {
            if (isText(registers[at]) && isText(registers[at - 1])) {
                int from = at - 1;
                while (from > first && isText(registers[from - 1])) {
                    from--;
                }
                registers[from] = join(registers, from, at);
                at = from;
                continue;
            }
            LuaValue left = registers[at - 1];
            LuaValue right = registers[at];
            LuaValue method = machine.metatables().event(left, LuaValue.CONCAT);
            if (method.isnil()) {
                method = machine.metatables().event(right, LuaValue.CONCAT);
            }
            if (method.isnil()) {
                throw VariableNames.typeError(machine, frame, isText(left) ? at : at - 1, "concatenate");
            }
            frame.concatAt = --at;
            Varargs results = machine.begin(method, LuaValue.varargsOf(left, right));
            if (Machine.isLater(results)) {
                return false;
            }
            frame.concatAt = -1;
            registers[at] = results.arg1();
        }
        return true;
    }

    private static boolean isText(LuaValue value) {
        return value instanceof LuaString || value instanceof LuaNumber;
    }

    private LuaString join(LuaValue[] registers, int from, int to) {
        LuaString[] parts = new LuaString[to - from + 1];
        long length = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = NumberText.of(registers[from + i]);
            length += parts[i].m_length;
        }
        if (length > Machine.MAX_STRING_BYTES) {
            throw new Raised("not enough memory");
        }
        byte[] bytes = new byte[(int) length];
        int at = 0;
        for (LuaString part : parts) {
            part.copyInto(0, bytes, at, part.m_length);
            at += part.m_length;
        }
        return LuaString.valueUsing(bytes);
    }
}
