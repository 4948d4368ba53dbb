package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.ChunkNames;
import dev.myproxy.lua.luaj.vm.Closure;
import dev.myproxy.lua.luaj.vm.Coroutine;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberText;
import dev.myproxy.lua.luaj.vm.Stack;
import java.util.Optional;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;

/** The {@code debug} library, without hooks. */
final class DebugLib {

    private DebugLib() {}

    static LuaTable open() {
        return new Library().add("traceback", DebugLib::traceback).add("getinfo", DebugLib::getInfo)
                .add("getlocal", DebugLib::getLocal).add("setlocal", DebugLib::setLocal)
                .add("getupvalue", DebugLib::getUpvalue).add("setupvalue", DebugLib::setUpvalue)
                .add("upvalueid", DebugLib::upvalueId).add("upvaluejoin", DebugLib::upvalueJoin)
                .add("getmetatable", (m, args) -> m.metatables().of(Args.value(m, args, 1)))
                .add("setmetatable", DebugLib::setMetatable).add("getregistry", (m, args) -> m.registry())
                .add("getfenv",
                        (m, args) -> args.arg1() instanceof Closure closure ? closure.environment() : m.environment())
                .add("setfenv", (m, args) -> {
                    if (args.arg1() instanceof Closure closure) {
                        closure.setEnvironment(Args.table(m, args, 2));
                    }
                    return args.arg1();
                }).add("gethook", (m, args) -> LuaValue.NIL).add("sethook", (m, args) -> {
                    throw m.error("hooks are not available in this engine");
                }).table();
    }

    private static Varargs traceback(Machine machine, Varargs args) {
        boolean other = args.arg1() instanceof Coroutine;
        Coroutine coroutine = args.arg1() instanceof Coroutine given ? given : machine.current();
        Varargs rest = other ? args.subargs(2) : args;
        LuaValue message = rest.arg1();
        if (rest.narg() > 0 && !(message instanceof LuaString || message instanceof LuaNumber)) {
            return message;
        }
        int level = Args.integer(machine, rest, 2, other ? 0 : 1);
        LuaString stack = LuaString.valueOf(Stack.traceback(coroutine, Math.max(other ? level : level - 1, 0)));
        return rest.narg() == 0
                ? stack
                : NumberText.concat(NumberText.of(message), NumberText.concat("\n", stack));
    }

    private static Varargs getInfo(Machine machine, Varargs args) {
        boolean other = args.arg1() instanceof Coroutine;
        Coroutine coroutine = args.arg1() instanceof Coroutine given ? given : machine.current();
        Varargs rest = other ? args.subargs(2) : args;
        if (rest.arg1() instanceof LuaFunction function) {
            return info(Optional.of(function), -1).table();
        }
        int level = Args.integer(machine, rest, 1) + (other ? 1 : 0);
        if (level == 0) {
            return info(Optional.empty(), -1).table();
        }
        if (!Stack.hasLevel(coroutine, level)) {
            return LuaValue.NIL;
        }
        Library library = info(Stack.closure(coroutine, level).map(LuaFunction.class::cast),
                Stack.line(coroutine, level));
        library.set("namewhat", LuaString.valueOf(Stack.nameKind(coroutine, level)));
        Stack.name(coroutine, level).ifPresent(name -> library.set("name", LuaString.valueOf(name)));
        return library.table();
    }

    private static Library info(Optional<LuaFunction> function, int line) {
        Library library = new Library().set("currentline", LuaInteger.valueOf(line)).set("namewhat",
                LuaValue.EMPTYSTRING);
        function.ifPresent(f -> library.set("func", f));
        if (function.isPresent() && function.get() instanceof Closure closure) {
            Prototype prototype = closure.prototype();
            return library.set("source", prototype.source).set("short_src", ChunkNames.display(prototype.source))
                    .set("what", LuaString.valueOf(prototype.linedefined == 0 ? "main" : "Lua"))
                    .set("linedefined", LuaInteger.valueOf(prototype.linedefined))
                    .set("lastlinedefined", LuaInteger.valueOf(prototype.lastlinedefined))
                    .set("nups", LuaInteger.valueOf(closure.upvalueCount()))
                    .set("nparams", LuaInteger.valueOf(prototype.numparams))
                    .set("isvararg", LuaValue.valueOf(prototype.is_vararg != 0));
        }
        return library.set("source", LuaString.valueOf("=[C]")).set("short_src", LuaString.valueOf("[C]"))
                .set("what", LuaString.valueOf("C")).set("linedefined", LuaInteger.valueOf(-1))
                .set("lastlinedefined", LuaInteger.valueOf(-1)).set("nups", LuaValue.ZERO);
    }

    private static Varargs getLocal(Machine machine, Varargs args) {
        int level = Args.integer(machine, args, 1);
        if (!Stack.hasLevel(machine.current(), level)) {
            throw Args.bad(machine, 1, "level out of range");
        }
        int number = Args.integer(machine, args, 2);
        return Stack.localName(machine.current(), level, number)
                .map(name -> LuaValue.varargsOf(name, Stack.local(machine.current(), level, number)))
                .orElse(LuaValue.NIL);
    }

    private static Varargs setLocal(Machine machine, Varargs args) {
        int level = Args.integer(machine, args, 1);
        int number = Args.integer(machine, args, 2);
        Optional<LuaValue> name = Stack.localName(machine.current(), level, number);
        name.ifPresent(known -> Stack.setLocal(machine.current(), level, number, args.arg(3)));
        return name.orElse(LuaValue.NIL);
    }

    private static Optional<Closure> withUpvalue(Machine machine, Varargs args, int number) {
        return Args.function(machine, args, number) instanceof Closure closure
                && closure.hasUpvalue(Args.integer(machine, args, number + 1))
                        ? Optional.of(closure)
                        : Optional.empty();
    }

    private static Varargs getUpvalue(Machine machine, Varargs args) {
        int number = Args.integer(machine, args, 2);
        return withUpvalue(machine, args, 1)
                .map(f -> LuaValue.varargsOf(f.upvalueName(number), f.upvalue(number))).orElse(LuaValue.NONE);
    }

    private static Varargs setUpvalue(Machine machine, Varargs args) {
        int number = Args.integer(machine, args, 2);
        Optional<Closure> closure = withUpvalue(machine, args, 1);
        closure.ifPresent(f -> f.setUpvalue(number, args.arg(3)));
        return closure.map(f -> f.upvalueName(number)).orElse(LuaValue.NONE);
    }

    private static Varargs upvalueId(Machine machine, Varargs args) {
        Closure closure = withUpvalue(machine, args, 1)
                .orElseThrow(() -> Args.bad(machine, 2, "invalid upvalue index"));
        return new LuaUserdata(closure.upvalueIdentity(Args.integer(machine, args, 2)));
    }

    private static Varargs upvalueJoin(Machine machine, Varargs args) {
        Closure to = withUpvalue(machine, args, 1).orElseThrow(() -> Args.bad(machine, 2, "invalid upvalue index"));
        Closure from = withUpvalue(machine, args, 3).orElseThrow(() -> Args.bad(machine, 4, "invalid upvalue index"));
        to.joinUpvalue(Args.integer(machine, args, 2), from, Args.integer(machine, args, 4));
        return LuaValue.NONE;
    }

    private static Varargs setMetatable(Machine machine, Varargs args) {
        if (!args.arg(2).isnil() && !args.arg(2).istable()) {
            throw Args.bad(machine, 2, "nil or table expected");
        }
        machine.metatables().set(args.arg1(), args.arg(2));
        return args.arg1();
    }
}
