package dev.myproxy.lua.luaj.vm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Upvaldesc;
import org.luaj.vm2.Varargs;

/** A Lua function that runs. */
final class LuaFrame extends Frame {

    final Closure closure;
    final LuaValue[] registers;

    /** What was passed beyond the named parameters, for {@code ...}. */
    final Varargs extra;

    /** The next instruction. */
    int pc;

    /** Values of unknown number, from the register {@link #openAt} on, left by one instruction for the next. */
    private Varargs open = LuaValue.NONE;
    private int openAt;

    /** Where an interrupted concatenation goes on: the register of its rightmost operand; -1 if none is interrupted. */
    int concatAt = -1;

    /** Whether the comparison that a metamethod answers is to be negated. */
    boolean negated;

    private @Nullable Cell cells;

    /**
     * @param args copied
     */
    LuaFrame(@Nullable Frame caller, Closure closure, Varargs args) {
        super(caller);
        this.closure = closure;
        Prototype prototype = closure.prototype;
        registers = new LuaValue[prototype.maxstacksize];
        int count = Math.min(args.narg(), prototype.numparams);
        for (int i = 0; i < count; i++) {
            registers[i] = args.arg(i + 1);
        }
        Arrays.fill(registers, count, registers.length, LuaValue.NIL);
        extra = prototype.is_vararg != 0 ? args.subargs(prototype.numparams + 1) : LuaValue.NONE;
    }

    /** The same for arguments that lie in another frame's registers. */
    LuaFrame(Frame caller, Closure closure, LuaValue[] from, int first, int given) {
        super(caller);
        this.closure = closure;
        Prototype prototype = closure.prototype;
        registers = new LuaValue[prototype.maxstacksize];
        int count = Math.min(given, prototype.numparams);
        System.arraycopy(from, first, registers, 0, count);
        Arrays.fill(registers, count, registers.length, LuaValue.NIL);
        extra = prototype.is_vararg != 0 && given > count
                ? Values.copy(from, first + count, given - count)
                : LuaValue.NONE;
    }

    /** The cell of a register, for a closure that captures it. */
    Cell cell(int register) {
        for (Cell cell = cells; cell != null; cell = cell.next) {
            if (cell.register() == register) {
                return cell;
            }
        }
        Cell made = new Cell(registers, register);
        made.next = cells;
        cells = made;
        return made;
    }

    /** Parts the captured variables from their registers, from this one on. */
    void closeCells(int from) {
        Cell kept = null;
        Cell cell = cells;
        while (cell != null) {
            Cell next = cell.next;
            if (cell.register() >= from) {
                cell.close();
            } else {
                cell.next = kept;
                kept = cell;
            }
            cell = next;
        }
        cells = kept;
    }

    /** The line of the current instruction, -1 if unknown. */
    int line() {
        int[] lines = closure.prototype.lineinfo;
        int at = Math.max(pc - 1, 0);
        return at < lines.length ? lines[at] : -1;
    }

    /** Puts results into registers; all of them, to be taken by the next instruction, if the count is negative. */
    void store(int first, int count, Varargs results) {
        if (count < 0) {
            open = results;
            openAt = first;
            return;
        }
        if (count == 1) {
            registers[first] = results.arg1();
            return;
        }
        for (int i = 0; i < count; i++) {
            registers[first + i] = results.arg(i + 1);
        }
    }

    /** The values from a register on, up to the last open one. */
    Varargs takeOpen(int first) {
        Varargs last = open;
        open = LuaValue.NONE;
        return Values.copy(registers, first, openAt - first, last);
    }

    /** Puts the registers after that of a table into it; all up to the last open one if the count is 0. */
    void fillTable(int register, int count, int before) {
        LuaTable table = (LuaTable) registers[register];
        Varargs values = count == 0 ? takeOpen(register + 1) : Values.copy(registers, register + 1, count);
        table.presize(before + values.narg());
        for (int i = 1; i <= values.narg(); i++) {
            table.rawset(before + i, values.arg(i));
        }
    }

    /** A function that is defined within this one. */
    Closure newClosure(Prototype prototype) {
        Upvaldesc[] wanted = prototype.upvalues;
        Cell[] shared = new Cell[wanted.length];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = wanted[i].instack ? cell(wanted[i].idx) : closure.cells[wanted[i].idx];
        }
        return new Closure(prototype, shared, closure.environment());
    }
}
