package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Arithmetic on numbers and on strings that look like one; all other operands have metamethods. */
final class Arithmetic {

    private Arithmetic() {}

    /** The result for two numbers. */
    static LuaValue compute(int opcode, LuaValue left, LuaValue right) {
        if (left instanceof LuaInteger x && right instanceof LuaInteger y) {
            long result = switch (opcode) {
                case Lua.OP_ADD -> (long) x.v + y.v;
                case Lua.OP_SUB -> (long) x.v - y.v;
                case Lua.OP_MUL -> (long) x.v * y.v;
                default -> Long.MIN_VALUE;
            };
            if (result != Long.MIN_VALUE) {
                return LuaInteger.valueOf(result);
            }
        }
        double a = left.todouble();
        double b = right.todouble();
        return LuaDouble.valueOf(switch (opcode) {
            case Lua.OP_ADD -> a + b;
            case Lua.OP_SUB -> a - b;
            case Lua.OP_MUL -> a * b;
            case Lua.OP_DIV -> a / b;
            case Lua.OP_MOD -> a - Math.floor(a / b) * b;
            case Lua.OP_POW -> Math.pow(a, b);
            case Lua.OP_UNM -> -a;
            default -> throw new IllegalArgumentException("opcode " + opcode);
        });
    }

    static boolean areNumbers(LuaValue left, LuaValue right) {
        return left instanceof LuaNumber && right instanceof LuaNumber;
    }

    static LuaString event(int opcode) {
        return switch (opcode) {
            case Lua.OP_ADD -> LuaValue.ADD;
            case Lua.OP_SUB -> LuaValue.SUB;
            case Lua.OP_MUL -> LuaValue.MUL;
            case Lua.OP_DIV -> LuaValue.DIV;
            case Lua.OP_MOD -> LuaValue.MOD;
            case Lua.OP_POW -> LuaValue.POW;
            case Lua.OP_UNM -> LuaValue.UNM;
            default -> throw new IllegalArgumentException("opcode " + opcode);
        };
    }
}
