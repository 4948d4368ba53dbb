package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Comparison;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import dev.myproxy.lua.luaj.vm.NumberScan;
import dev.myproxy.lua.luaj.vm.NumberText;
import dev.myproxy.lua.luaj.vm.Raised;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.math.BigInteger;
import java.util.Optional;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions that are global: types, tables, errors. */
final class BaseLib {

    private static final LuaString PROTECTION = LuaValue.METATABLE;
    private static final int MAX_UNPACKED = 8000;
    private static final BigInteger MAX_INTEGER = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private BaseLib() {}

    static void open(Library library) {
        Native next = new Native("next", BaseLib::next);
        Native step = new Native("ipairs", BaseLib::step);
        library.add("assert", BaseLib::check).add("collectgarbage", BaseLib::collect).add("error", BaseLib::error)
                .add("gcinfo", (m, args) -> LuaInteger.valueOf((int) usedKilobytes()))
                .add("getmetatable", BaseLib::getMetatable).add("setmetatable", BaseLib::setMetatable)
                .set("next", next)
                .add("pairs", (m, args) -> LuaValue.varargsOf(next, Args.table(m, args, 1), LuaValue.NIL))
                .add("ipairs", (m, args) -> {
                    Args.value(m, args, 1);
                    return LuaValue.varargsOf(step, Args.table(m, args, 1), LuaValue.ZERO);
                }).add("newproxy", BaseLib::newProxy)
                .add("pcall", (m, args) -> m.guard(Args.value(m, args, 1), args.subargs(2), Optional.empty()))
                .add("xpcall",
                        (m, args) -> m.guard(Args.value(m, args, 1), args.subargs(3),
                                Optional.of(Args.function(m, args, 2))))
                .add("rawequal",
                        (m, args) -> LuaValue.valueOf(
                                Comparison.same(Args.value(m, args, 1), Args.value(m, args, 2))))
                .add("rawget", (m, args) -> Args.table(m, args, 1).rawget(Args.value(m, args, 2)))
                .add("rawset", BaseLib::rawSet).add("select", BaseLib::select).add("tonumber", BaseLib::toNumber)
                .add("tostring", BaseLib::text).add("type", BaseLib::type).add("unpack", BaseLib::unpack);
    }

    private static Varargs check(Machine machine, Varargs args) {
        if (Args.value(machine, args, 1).toboolean()) {
            return args;
        }
        if (args.narg() == 1) {
            throw machine.error("assertion failed!");
        }
        throw args.arg(2) instanceof LuaString text
                ? new Raised(NumberText.concat(machine.where(1), text))
                : new Raised(args.arg(2));
    }

    /** The JVM's collector is nobody's business but the JVM's: scripts may ask what is used, and nothing else happens. */
    private static Varargs collect(Machine machine, Varargs args) {
        String option = Args.string(machine, args, 1, LuaString.valueOf("collect")).tojstring();
        return switch (option) {
            case "count" -> LuaDouble.valueOf(usedKilobytes());
            case "collect" -> LuaValue.ZERO;
            case "step" -> LuaValue.FALSE;
            case "isrunning" -> LuaValue.TRUE;
            case "stop", "restart", "setpause", "setstepmul" -> LuaValue.ZERO;
            default -> throw Args.bad(machine, 1, "invalid option '" + option + "'");
        };
    }

    /** What the process used after the last collection of each part of the heap: garbage is nothing to count. */
    private static double usedKilobytes() {
        long collected = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getCollectionUsage();
            collected += usage == null ? 0 : usage.getUsed();
        }
        Runtime runtime = Runtime.getRuntime();
        return (collected > 0 ? collected : runtime.totalMemory() - runtime.freeMemory()) / 1024.0;
    }

    private static Varargs error(Machine machine, Varargs args) {
        LuaValue value = args.arg1();
        int level = Args.integer(machine, args, 2, 1);
        boolean text = value instanceof LuaString || value instanceof LuaNumber;
        throw new Raised(text && level > 0 ? NumberText.concat(machine.where(level), NumberText.of(value)) : value);
    }

    private static Varargs getMetatable(Machine machine, Varargs args) {
        LuaValue metatable = machine.metatables().of(Args.value(machine, args, 1));
        LuaValue shown = metatable instanceof LuaTable table ? table.rawget(PROTECTION) : LuaValue.NIL;
        return shown.isnil() ? metatable : shown;
    }

    private static Varargs setMetatable(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        LuaValue metatable = args.arg(2);
        if (args.narg() < 2 || !(metatable.isnil() || metatable.istable())) {
            throw Args.bad(machine, 2, "nil or table expected");
        }
        if (!machine.metatables().event(table, PROTECTION).isnil()) {
            throw machine.error("cannot change a protected metatable");
        }
        machine.metatables().set(table, metatable);
        return table;
    }

    private static Varargs next(Machine machine, Varargs args) {
        return Args.table(machine, args, 1).next(args.arg(2));
    }

    private static Varargs step(Machine machine, Varargs args) {
        int next = args.arg(2).toint() + 1;
        LuaValue value = Args.table(machine, args, 1).rawget(next);
        return value.isnil() ? LuaValue.NIL : LuaValue.varargsOf(LuaInteger.valueOf(next), value);
    }

    private static Varargs newProxy(Machine machine, Varargs args) {
        LuaValue kind = args.arg1();
        LuaUserdata proxy = new LuaUserdata(new Object());
        if (kind instanceof LuaUserdata like) {
            proxy.m_metatable = like.m_metatable;
        } else if (kind.toboolean()) {
            proxy.m_metatable = new LuaTable();
        }
        return proxy;
    }

    private static Varargs rawSet(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        TableLib.set(table, Args.value(machine, args, 2), Args.value(machine, args, 3));
        return table;
    }

    private static Varargs select(Machine machine, Varargs args) {
        if (args.arg1() instanceof LuaString text && text.m_length == 1 && text.luaByte(0) == '#') {
            return LuaInteger.valueOf(args.narg() - 1);
        }
        int from = Args.integer(machine, args, 1);
        int first = from < 0 ? args.narg() + from : from;
        if (first < 1) {
            throw Args.bad(machine, 1, "index out of range");
        }
        return first >= args.narg() ? LuaValue.NONE : args.subargs(first + 1);
    }

    private static Varargs toNumber(Machine machine, Varargs args) {
        int base = Args.integer(machine, args, 2, 10);
        LuaValue value = Args.value(machine, args, 1);
        if (base == 10) {
            return NumberScan.toNumber(value);
        }
        if (base < 2 || base > 36) {
            throw Args.bad(machine, 2, "base out of range");
        }
        String text = Args.string(machine, args, 1).tojstring().strip().toLowerCase(java.util.Locale.ROOT);
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (base == 16 && digits.startsWith("0x")) {
            digits = digits.substring(2);
        }
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c < 128 && Character.digit(c, base) >= 0)) {
            return LuaValue.NIL;
        }
        double number = new BigInteger(digits, base).min(MAX_INTEGER).doubleValue();
        return LuaDouble.valueOf(negative ? -number : number);
    }

    private static Varargs text(Machine machine, Varargs args) {
        LuaValue value = Args.value(machine, args, 1);
        LuaValue method = machine.metatables().event(value, LuaValue.TOSTRING);
        return method.isnil() ? Texts.plain(value) : machine.begin(method, value);
    }

    private static Varargs type(Machine machine, Varargs args) {
        return LuaString.valueOf(Args.value(machine, args, 1).typename());
    }

    private static Varargs unpack(Machine machine, Varargs args) {
        LuaTable table = Args.table(machine, args, 1);
        int from = Args.integer(machine, args, 2, 1);
        int to = args.arg(3).isnil() ? table.rawlen() : Args.integer(machine, args, 3);
        if (from > to) {
            return LuaValue.NONE;
        }
        if ((long) to - from >= MAX_UNPACKED) {
            throw machine.error("too many results to unpack");
        }
        LuaValue[] values = new LuaValue[to - from + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.rawget(from + i);
        }
        return LuaValue.varargsOf(values);
    }

}
