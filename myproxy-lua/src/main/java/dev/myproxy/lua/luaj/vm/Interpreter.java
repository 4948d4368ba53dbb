package dev.myproxy.lua.luaj.vm;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;

/**
 * Executes the bytecode that LuaJ's compiler makes (Lua 5.2's; the operands' layout is that of {@link Lua}).
 *
 * <p>Calls of Lua functions stay in one loop. What may call other code ({@link Operations}) answers null when the result
 * comes later: then the loop is left, and {@link #finish} completes the instruction. The loop is one method below the
 * size from which on HotSpot no longer compiles; what is rare stands in methods of its own.
 */
final class Interpreter implements Runnable {

    private final Machine machine;
    private final Operations operations;

    Interpreter(Machine machine) {
        this.machine = machine;
        this.operations = new Operations(machine);
    }

    /** Runs the topmost function of the current coroutine until control leaves Lua, or goes to another coroutine. */
    @Override
    public void run() {
        LuaFrame frame = machine.topLua();
        while (frame != null) {
            frame = execute(frame);
        }
    }

    /** Runs a frame until another one is to be run, which it returns; null when control has left. */
    @SuppressWarnings("ReferenceEquality") // only a short cut: what is not the same is compared
    private @Nullable LuaFrame execute(LuaFrame frame) {
        Budget budget = machine.budget();
        Cell[] cells = frame.closure.cells;
        Prototype prototype = frame.closure.prototype;
        int[] code = prototype.code;
        LuaValue[] constants = prototype.k;
        LuaValue[] registers = frame.registers;
        int pc = frame.pc;
        while (true) {
            int i = code[pc++];
            frame.pc = pc;
            int a = i >>> Lua.POS_A & 0xff;
            int b = i >>> Lua.POS_B;
            int c = i >>> Lua.POS_C & 0x1ff;
            switch (i & 0x3f) {
                case Lua.OP_MOVE -> registers[a] = registers[b];
                case Lua.OP_LOADK -> registers[a] = constants[i >>> Lua.POS_Bx];
                case Lua.OP_LOADKX -> registers[a] = constants[code[pc++] >>> Lua.POS_Ax];
                case Lua.OP_LOADBOOL -> {
                    registers[a] = LuaValue.valueOf(b != 0);
                    pc += c == 0 ? 0 : 1;
                }
                case Lua.OP_LOADNIL -> {
                    for (int last = a + b; a <= last; a++) {
                        registers[a] = LuaValue.NIL;
                    }
                }
                case Lua.OP_GETUPVAL -> registers[a] = cells[b].get();
                case Lua.OP_SETUPVAL -> cells[b].set(registers[a]);
                case Lua.OP_GETTABUP, Lua.OP_GETTABLE -> {
                    LuaValue table = (i & 0x3f) == Lua.OP_GETTABLE ? registers[b] : cells[b].get();
                    LuaValue key = (c & Lua.BITRK) != 0 ? constants[c & 0xff] : registers[c];
                    LuaValue value = table instanceof LuaTable plain ? plain.rawget(key) : LuaValue.NIL;
                    if (value.isnil()) {
                        value = operations.index(table, key);
                        if (value == null) {
                            return null;
                        }
                    }
                    registers[a] = value;
                }
                case Lua.OP_SETTABUP, Lua.OP_SETTABLE -> {
                    LuaValue table = (i & 0x3f) == Lua.OP_SETTABLE ? registers[a] : cells[a].get();
                    LuaValue key = (b & Lua.BITRK) != 0 ? constants[b & 0xff] : registers[b];
                    LuaValue value = (c & Lua.BITRK) != 0 ? constants[c & 0xff] : registers[c];
                    if (!operations.assign(table, key, value)) {
                        return null;
                    }
                }
                case Lua.OP_NEWTABLE -> registers[a] = new LuaTable();
                case Lua.OP_SELF -> {
                    LuaValue object = registers[b];
                    LuaValue key = (c & Lua.BITRK) != 0 ? constants[c & 0xff] : registers[c];
                    registers[a + 1] = object;
                    LuaValue method = operations.index(object, key);
                    if (method == null) {
                        return null;
                    }
                    registers[a] = method;
                }
                case Lua.OP_ADD, Lua.OP_SUB, Lua.OP_MUL, Lua.OP_DIV, Lua.OP_MOD, Lua.OP_POW -> {
                    LuaValue left = (b & Lua.BITRK) != 0 ? constants[b & 0xff] : registers[b];
                    LuaValue right = (c & Lua.BITRK) != 0 ? constants[c & 0xff] : registers[c];
                    LuaValue result = Arithmetic.areNumbers(left, right)
                            ? Arithmetic.compute(i & 0x3f, left, right)
                            : operations.arithmetic(i & 0x3f, left, right);
                    if (result == null) {
                        return null;
                    }
                    registers[a] = result;
                }
                case Lua.OP_UNM -> {
                    LuaValue result = operations.negate(registers[b]);
                    if (result == null) {
                        return null;
                    }
                    registers[a] = result;
                }
                case Lua.OP_NOT -> registers[a] = LuaValue.valueOf(!registers[b].toboolean());
                case Lua.OP_LEN -> {
                    LuaValue result = operations.length(registers[b]);
                    if (result == null) {
                        return null;
                    }
                    registers[a] = result;
                }
                case Lua.OP_CONCAT -> {
                    if (!operations.concat(frame, b, c)) {
                        return null;
                    }
                    registers[a] = registers[b];
                }
                case Lua.OP_JMP -> {
                    int distance = (i >>> Lua.POS_Bx) - Lua.MAXARG_sBx;
                    if (distance < 0) {
                        budget.tick();
                    }
                    if (a > 0) {
                        frame.closeCells(a - 1);
                    }
                    pc += distance;
                }
                case Lua.OP_EQ -> {
                    LuaValue left = (b & Lua.BITRK) != 0 ? constants[b & 0xff] : registers[b];
                    LuaValue right = (c & Lua.BITRK) != 0 ? constants[c & 0xff] : registers[c];
                    int equal = left == right && !(left instanceof LuaDouble) ? 1 : operations.equal(left, right);
                    if (equal < 0) {
                        return null;
                    }
                    pc += equal == a ? 0 : 1;
                }
                case Lua.OP_LT, Lua.OP_LE -> {
                    LuaValue left = (b & Lua.BITRK) != 0 ? constants[b & 0xff] : registers[b];
                    LuaValue right = (c & Lua.BITRK) != 0 ? constants[c & 0xff] : registers[c];
                    int answer = operations.order(frame, (i & 0x3f) == Lua.OP_LE, left, right);
                    if (answer < 0) {
                        return null;
                    }
                    pc += answer == a ? 0 : 1;
                }
                case Lua.OP_TEST -> pc += registers[a].toboolean() == (c != 0) ? 0 : 1;
                case Lua.OP_TESTSET -> {
                    if (registers[b].toboolean() == (c != 0)) {
                        registers[a] = registers[b];
                    } else {
                        pc++;
                    }
                }
                case Lua.OP_CALL -> {
                    budget.tick();
                    LuaValue callee = registers[a];
                    if (callee instanceof Closure closure) {
                        LuaFrame next = b != 0
                                ? new LuaFrame(frame, closure, registers, a + 1, b - 1)
                                : new LuaFrame(frame, closure, frame.takeOpen(a + 1));
                        machine.push(next);
                        return next;
                    }
                    Varargs results = machine.begin(callee,
                            b == 0 ? frame.takeOpen(a + 1) : Values.copy(registers, a + 1, b - 1));
                    if (Machine.isLater(results)) {
                        return null;
                    }
                    frame.store(a, c - 1, results);
                }
                case Lua.OP_TAILCALL -> {
                    budget.tick();
                    LuaValue callee = registers[a];
                    Varargs args = b == 0 ? frame.takeOpen(a + 1) : Values.copy(registers, a + 1, b - 1);
                    if (callee instanceof Closure closure) {
                        frame.closeCells(0);
                        LuaFrame next = new LuaFrame(frame.caller, closure, args);
                        machine.push(next);
                        return next;
                    }
                    Varargs results = machine.begin(callee, args);
                    if (Machine.isLater(results)) {
                        return null;
                    }
                    frame.store(a, -1, results);
                }
                case Lua.OP_RETURN -> {
                    return leave(frame, b == 0 ? frame.takeOpen(a) : Values.copy(registers, a, b - 1));
                }
                case Lua.OP_FORPREP -> {
                    operations.prepareLoop(registers, a);
                    pc += (i >>> Lua.POS_Bx) - Lua.MAXARG_sBx;
                }
                case Lua.OP_FORLOOP -> {
                    budget.tick();
                    if (advance(registers, a)) {
                        pc += (i >>> Lua.POS_Bx) - Lua.MAXARG_sBx;
                    }
                }
                case Lua.OP_TFORCALL -> {
                    budget.tick();
                    Varargs results = machine.begin(registers[a],
                            LuaValue.varargsOf(registers[a + 1], registers[a + 2]));
                    if (Machine.isLater(results)) {
                        return null;
                    }
                    frame.store(a + 3, c, results);
                }
                case Lua.OP_TFORLOOP -> {
                    if (!registers[a + 1].isnil()) {
                        registers[a] = registers[a + 1];
                        pc += (i >>> Lua.POS_Bx) - Lua.MAXARG_sBx;
                    }
                }
                case Lua.OP_SETLIST -> {
                    int block = c != 0 ? c : code[pc++] >>> Lua.POS_Ax;
                    frame.fillTable(a, b, (block - 1) * Lua.LFIELDS_PER_FLUSH);
                }
                case Lua.OP_CLOSURE -> registers[a] = frame.newClosure(prototype.p[i >>> Lua.POS_Bx]);
                case Lua.OP_VARARG -> frame.store(a, b - 1, frame.extra);
                default -> throw new IllegalStateException("opcode " + (i & 0x3f));
            }
        }
    }

    /** Ends a function. The frame to go on with, null if it is not one of Lua. */
    private @Nullable LuaFrame leave(LuaFrame frame, Varargs results) {
        frame.closeCells(0);
        machine.current().top = frame.caller;
        if (frame.caller instanceof LuaFrame caller) {
            finish(caller, results);
            return caller;
        }
        machine.deliver(results);
        return null;
    }

    /** Completes the instruction that made a call, with the results of that call. */
    void finish(LuaFrame frame, Varargs results) {
        int i = frame.closure.prototype.code[frame.pc - 1];
        int a = i >>> Lua.POS_A & 0xff;
        int c = i >>> Lua.POS_C & 0x1ff;
        switch (i & 0x3f) {
            case Lua.OP_CALL -> frame.store(a, c - 1, results);
            case Lua.OP_TAILCALL -> frame.store(a, -1, results);
            case Lua.OP_TFORCALL -> frame.store(a + 3, c, results);
            case Lua.OP_SETTABUP, Lua.OP_SETTABLE -> {
                // an assignment has no result
            }
            case Lua.OP_EQ, Lua.OP_LT, Lua.OP_LE -> {
                boolean answer = results.arg1().toboolean() != frame.negated;
                frame.negated = false;
                frame.pc += answer == (a != 0) ? 0 : 1;
            }
            case Lua.OP_CONCAT -> {
                frame.registers[frame.concatAt] = results.arg1();
                frame.pc--;
            }
            default -> frame.registers[a] = results.arg1();
        }
    }

    /** Moves a numeric loop on; whether it goes on. */
    private static boolean advance(LuaValue[] registers, int a) {
        LuaValue next = Arithmetic.compute(Lua.OP_ADD, registers[a], registers[a + 2]);
        boolean on;
        if (next instanceof LuaInteger x && registers[a + 1] instanceof LuaInteger limit
                && registers[a + 2] instanceof LuaInteger step) {
            on = step.v >= 0 ? x.v <= limit.v : x.v >= limit.v;
        } else {
            on = registers[a + 2].todouble() >= 0
                    ? next.todouble() <= registers[a + 1].todouble()
                    : next.todouble() >= registers[a + 1].todouble();
        }
        if (on) {
            registers[a] = next;
            registers[a + 3] = next;
        }
        return on;
    }
}
