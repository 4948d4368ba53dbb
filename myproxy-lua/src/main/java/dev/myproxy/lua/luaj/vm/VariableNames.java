package dev.myproxy.lua.luaj.vm;

import java.util.Optional;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** Finds out from the bytecode what a value is called in the source, for error texts. */
@SuppressWarnings("ReferenceEquality") // the very value that failed is looked for, not one like it
final class VariableNames {

    /**
     * The name of a value.
     *
     * @param kind {@code local}, {@code global}, {@code field}, {@code method} or {@code upvalue}
     */
    record Name(String kind, String text) {}

    private VariableNames() {}

    /** An error about an operand of the running instruction: {@code attempt to index local 'a' (a nil value)}. */
    static Raised typeError(Machine machine, String operation, LuaValue culprit) {
        Optional<Name> name = machine.current().top instanceof LuaFrame frame
                ? operand(frame, culprit)
                : Optional.empty();
        return typeError(machine, operation, name, culprit);
    }

    /** The same about a register. */
    static Raised typeError(Machine machine, LuaFrame frame, int register, String operation) {
        return typeError(machine, operation, ofRegister(frame.closure.prototype, frame.pc - 1, register),
                frame.registers[register]);
    }

    private static Raised typeError(Machine machine, String operation, Optional<Name> name, LuaValue culprit) {
        String value = "a " + culprit.typename() + " value";
        String what = name.map(n -> n.kind() + " '" + n.text() + "' (" + value + ")").orElse(value);
        return machine.error("attempt to " + operation + " " + what);
    }

    /** What the function that a frame is calling is called there. */
    static Optional<Name> called(LuaFrame frame) {
        int i = frame.closure.prototype.code[frame.pc - 1];
        return switch (Lua.GET_OPCODE(i)) {
            case Lua.OP_CALL, Lua.OP_TAILCALL -> ofRegister(frame.closure.prototype, frame.pc - 1, Lua.GETARG_A(i));
            default -> Optional.empty();
        };
    }

    private static Optional<Name> operand(LuaFrame frame, LuaValue culprit) {
        Prototype prototype = frame.closure.prototype;
        int i = prototype.code[frame.pc - 1];
        return switch (Lua.GET_OPCODE(i)) {
            case Lua.OP_GETTABUP -> ofUpvalue(frame, Lua.GETARG_B(i), culprit);
            case Lua.OP_SETTABUP -> ofUpvalue(frame, Lua.GETARG_A(i), culprit);
            case Lua.OP_GETTABLE, Lua.OP_SELF, Lua.OP_UNM, Lua.OP_LEN -> ofOperand(frame, Lua.GETARG_B(i), culprit);
            case Lua.OP_SETTABLE, Lua.OP_CALL, Lua.OP_TAILCALL -> ofOperand(frame, Lua.GETARG_A(i), culprit);
            case Lua.OP_ADD, Lua.OP_SUB, Lua.OP_MUL, Lua.OP_DIV, Lua.OP_MOD, Lua.OP_POW ->
                ofOperand(frame, Lua.GETARG_B(i), culprit).or(() -> ofOperand(frame, Lua.GETARG_C(i), culprit));
            default -> Optional.empty();
        };
    }

    private static Optional<Name> ofUpvalue(LuaFrame frame, int upvalue, LuaValue culprit) {
        return frame.closure.cells[upvalue].get() == culprit
                ? Optional.of(new Name("upvalue", upvalueName(frame.closure.prototype, upvalue)))
                : Optional.empty();
    }

    private static Optional<Name> ofOperand(LuaFrame frame, int register, LuaValue culprit) {
        return !Lua.ISK(register) && frame.registers[register] == culprit
                ? ofRegister(frame.closure.prototype, frame.pc - 1, register)
                : Optional.empty();
    }

    private static String upvalueName(Prototype prototype, int upvalue) {
        LuaString name = prototype.upvalues[upvalue].name;
        return name == null ? "?" : name.tojstring();
    }

    /** What is in a register when an instruction is about to be executed. */
    private static Optional<Name> ofRegister(Prototype prototype, int pc, int register) {
        LuaString local = prototype.getlocalname(register + 1, pc);
        if (local != null) {
            return Optional.of(new Name("local", local.tojstring()));
        }
        int origin = lastWrite(prototype, pc, register);
        if (origin < 0) {
            return Optional.empty();
        }
        int i = prototype.code[origin];
        int b = Lua.GETARG_B(i);
        return switch (Lua.GET_OPCODE(i)) {
            case Lua.OP_MOVE -> b < Lua.GETARG_A(i) ? ofRegister(prototype, origin, b) : Optional.empty();
            case Lua.OP_GETTABUP -> ofConstant(prototype, Lua.GETARG_C(i),
                    upvalueName(prototype, b).equals("_ENV") ? "global" : "field");
            case Lua.OP_GETTABLE -> ofConstant(prototype, Lua.GETARG_C(i), "field");
            case Lua.OP_SELF -> ofConstant(prototype, Lua.GETARG_C(i), "method");
            case Lua.OP_GETUPVAL -> Optional.of(new Name("upvalue", upvalueName(prototype, b)));
            default -> Optional.empty();
        };
    }

    private static Optional<Name> ofConstant(Prototype prototype, int operand, String kind) {
        return Lua.ISK(operand) && prototype.k[Lua.INDEXK(operand)] instanceof LuaString key
                ? Optional.of(new Name(kind, key.tojstring()))
                : Optional.empty();
    }

    /** The instruction that gave a register its value, -1 if that depends on the way that control took. */
    private static int lastWrite(Prototype prototype, int end, int register) {
        int writer = -1;
        int branchEnd = 0;
        for (int pc = 0; pc < end; pc++) {
            int i = prototype.code[pc];
            if (Lua.GET_OPCODE(i) == Lua.OP_JMP) {
                int target = pc + 1 + Lua.GETARG_sBx(i);
                if (target > pc && target <= end) {
                    branchEnd = Math.max(branchEnd, target);
                }
            } else if (writes(i, register)) {
                writer = pc < branchEnd ? -1 : pc;
            }
        }
        return writer;
    }

    private static boolean writes(int i, int register) {
        int a = Lua.GETARG_A(i);
        return switch (Lua.GET_OPCODE(i)) {
            case Lua.OP_LOADNIL -> register >= a && register <= a + Lua.GETARG_B(i);
            case Lua.OP_CALL, Lua.OP_TAILCALL, Lua.OP_VARARG -> register >= a;
            case Lua.OP_TFORCALL -> register >= a + 2;
            case Lua.OP_SELF -> register == a || register == a + 1;
            default -> register == a && Lua.testAMode(Lua.GET_OPCODE(i));
        };
    }
}
