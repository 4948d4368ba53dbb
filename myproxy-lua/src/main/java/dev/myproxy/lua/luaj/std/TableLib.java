package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import dev.myproxy.lua.luaj.vm.Raised;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code table} library. */
final class TableLib {

    private TableLib() {}

    static LuaTable open() {
        return new Library().add("concat", TableLib::concat).add("foreach", TableLib::forEach)
                .add("foreachi", TableLib::forEachIndex)
                .add("getn", (m, args) -> LuaInteger.valueOf(Args.table(m, args, 1).rawlen()))
                .add("insert", TableLib::insert).add("maxn", TableLib::maxIndex).add("move", TableLib::move)
                .add("remove", TableLib::remove).add("sort", TableSort::sort).table();
    }

    /** Sets a field without metamethods. */
    static void set(LuaTable table, LuaValue key, LuaValue value) {
        if (key.isnil()) {
            throw new Raised("table index is nil");
        }
        if (key instanceof LuaNumber && Double.isNaN(key.todouble())) {
            throw new Raised("table index is NaN");
        }
        table.rawset(key, value);
    }

    private static Varargs concat(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        LuaString separator = Args.string(machine, args, 2, LuaValue.EMPTYSTRING);
        int from = Args.integer(machine, args, 3, 1);
        int to = args.arg(4).isnil() ? table.rawlen() : Args.integer(machine, args, 4);
        Bytes text = new Bytes(machine);
        for (long i = from; i <= to; i++) {
            LuaValue value = table.rawget((int) i);
            if (!(value instanceof LuaString || value instanceof LuaNumber)) {
                throw machine
                        .error("invalid value (" + value.typename() + ") at index " + i + " in table for 'concat'");
            }
            text.add(NumberText.of(value));
            if (i < to) {
                text.add(separator);
            }
        }
        return text.string();
    }

    private static Varargs forEach(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        LuaFunction function = Args.function(machine, args, 2);
        Varargs pair = table.next(LuaValue.NIL);
        while (!pair.arg1().isnil()) {
            LuaValue result = machine.call(function, pair.arg1(), pair.arg(2)).arg1();
            if (!result.isnil()) {
                return result;
            }
            pair = table.next(pair.arg1());
        }
        return LuaValue.NONE;
    }

    private static Varargs forEachIndex(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        LuaFunction function = Args.function(machine, args, 2);
        int length = table.rawlen();
        for (int i = 1; i <= length; i++) {
            LuaValue result = machine.call(function, LuaInteger.valueOf(i), table.rawget(i)).arg1();
            if (!result.isnil()) {
                return result;
            }
        }
        return LuaValue.NONE;
    }

    private static Varargs insert(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        int end = table.rawlen() + 1;
        if (args.narg() == 2) {
            table.rawset(end, args.arg(2));
            return LuaValue.NONE;
        }
        if (args.narg() != 3) {
            throw machine.error("wrong number of arguments to 'insert'");
        }
        int position = Args.integer(machine, args, 2);
        for (int i = Math.max(end, position); i > position; i--) {
            machine.budget().tick();
            table.rawset(i, table.rawget(i - 1));
        }
        table.rawset(position, args.arg(3));
        return LuaValue.NONE;
    }

    private static Varargs remove(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        int length = table.rawlen();
        int position = Args.integer(machine, args, 2, length);
        if (length == 0 || position < 1 || position > length) {
            return LuaValue.NONE;
        }
        LuaValue removed = table.rawget(position);
        for (int i = position; i < length; i++) {
            machine.budget().tick();
            table.rawset(i, table.rawget(i + 1));
        }
        table.rawset(length, LuaValue.NIL);
        return removed;
    }

    private static Varargs maxIndex(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        double max = 0;
        for (LuaValue key : table.keys()) {
            if (key instanceof LuaNumber) {
                max = Math.max(max, key.todouble());
            }
        }
        return LuaDouble.valueOf(max);
    }

    private static Varargs move(Machine machine, Varargs args) {
        LuaTable from = Args.table(machine, args, 1);
        int first = Args.integer(machine, args, 2);
        int last = Args.integer(machine, args, 3);
        int target = Args.integer(machine, args, 4);
        LuaTable to = args.arg(5).isnil() ? from : Args.table(machine, args, 5);
        boolean upwards = target > last || target <= first || !to.raweq(from);
        for (long i = 0; i <= (long) last - first; i++) {
            machine.budget().tick();
            long offset = upwards ? i : (long) last - first - i;
            to.rawset((int) (target + offset), from.rawget((int) (first + offset)));
        }
        return to;
    }
}
