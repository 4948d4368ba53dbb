package dev.myproxy.lua.luaj.vm;

import java.util.Optional;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Checks of the arguments of native functions, with the texts of Lua's auxiliary library. Arguments count from 1. */
public final class Args {

    private Args() {}

    /** {@code bad argument #1 to 'name' (text)}; the name is the one that the caller uses. */
    public static Raised bad(Machine machine, int number, String text) {
        Optional<VariableNames.Name> name = machine.current().top instanceof LuaFrame frame
                ? VariableNames.called(frame)
                : Optional.empty();
        int shown = number;
        if (name.isPresent() && name.get().kind().equals("method") && --shown == 0) {
            return machine.error("calling '" + name.get().text() + "' on bad self");
        }
        return machine.error("bad argument #" + shown + " to '" + name.map(VariableNames.Name::text).orElse("?")
                + "' (" + text + ")");
    }

    public static Raised badType(Machine machine, Varargs args, int number, String expected) {
        String got = number > args.narg() ? "no value" : args.arg(number).typename();
        return bad(machine, number, expected + " expected, got " + got);
    }

    /** Any value, nil too, but not none. */
    public static LuaValue value(Machine machine, Varargs args, int number) {
        if (number > args.narg()) {
            throw bad(machine, number, "value expected");
        }
        return args.arg(number);
    }

    public static LuaTable table(Machine machine, Varargs args, int number) {
        if (args.arg(number) instanceof LuaTable table) {
            return table;
        }
        throw badType(machine, args, number, "table");
    }

    public static LuaFunction function(Machine machine, Varargs args, int number) {
        if (args.arg(number) instanceof LuaFunction function) {
            return function;
        }
        throw badType(machine, args, number, "function");
    }

    public static Coroutine coroutine(Machine machine, Varargs args, int number) {
        if (args.arg(number) instanceof Coroutine coroutine) {
            return coroutine;
        }
        throw bad(machine, number, "coroutine expected");
    }

    /** A string, or a number as one. */
    public static LuaString string(Machine machine, Varargs args, int number) {
        LuaValue value = args.arg(number);
        if (value instanceof LuaString || value instanceof LuaNumber) {
            return NumberText.of(value);
        }
        throw badType(machine, args, number, "string");
    }

    public static LuaString string(Machine machine, Varargs args, int number, LuaString otherwise) {
        return args.arg(number).isnil() ? otherwise : string(machine, args, number);
    }

    /** A number, or a string that looks like one. */
    public static double number(Machine machine, Varargs args, int number) {
        LuaValue value = NumberScan.toNumber(args.arg(number));
        if (value.isnil()) {
            throw badType(machine, args, number, "number");
        }
        return value.todouble();
    }

    public static double number(Machine machine, Varargs args, int number, double otherwise) {
        return args.arg(number).isnil() ? otherwise : number(machine, args, number);
    }

    /** A number without its fraction; what lies outside becomes the nearest int. */
    public static int integer(Machine machine, Varargs args, int number) {
        return (int) number(machine, args, number);
    }

    public static int integer(Machine machine, Varargs args, int number, int otherwise) {
        return args.arg(number).isnil() ? otherwise : integer(machine, args, number);
    }
}
