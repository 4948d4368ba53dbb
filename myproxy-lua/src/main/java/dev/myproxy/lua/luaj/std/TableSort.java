package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Comparison;
import dev.myproxy.lua.luaj.vm.Machine;
import java.util.function.BiPredicate;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code table.sort}: by merging, so that an order function that contradicts itself does no harm. */
final class TableSort {

    private TableSort() {}

    static Varargs sort(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        BiPredicate<LuaValue, LuaValue> less = (a, b) -> Comparison.less(machine, a, b);
        if (!args.arg(2).isnil()) {
            LuaFunction order = Args.function(machine, args, 2);
            less = (a, b) -> machine.call(order, a, b).arg1().toboolean();
        }
        LuaValue[] values = new LuaValue[table.rawlen()];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.rawget(i + 1);
        }
        LuaValue[] sorted = sorted(values, less, machine);
        for (int i = 0; i < sorted.length; i++) {
            table.rawset(i + 1, sorted[i]);
        }
        return LuaValue.NONE;
    }

    private static LuaValue[] sorted(LuaValue[] values, BiPredicate<LuaValue, LuaValue> less, Machine machine) {
        LuaValue[] from = values;
        LuaValue[] to = new LuaValue[values.length];
        for (int run = 1; run < values.length; run *= 2) {
            for (int start = 0; start < values.length; start += 2 * run) {
                merge(from, to, start, Math.min(start + run, values.length),
                        Math.min(start + 2 * run, values.length), less, machine);
            }
            LuaValue[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(LuaValue[] from, LuaValue[] to, int start, int middle, int end,
            BiPredicate<LuaValue, LuaValue> less, Machine machine) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            machine.budget().tick();
            boolean takeRight = right < end && (left >= middle || less.test(from[right], from[left]));
            to[i] = takeRight ? from[right++] : from[left++];
        }
    }
}
