package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Coroutine;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import dev.myproxy.lua.luaj.vm.NumberText;
import dev.myproxy.lua.luaj.vm.Raised;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The {@code coroutine} library. */
@SuppressWarnings("ReferenceEquality") // coroutines are what they are, whatever LuaJ's equals says
final class CoroutineLib {

    private CoroutineLib() {}

    static LuaTable open() {
        return new Library().add("create", (m, args) -> Coroutine.of(Args.function(m, args, 1)))
                .add("wrap", CoroutineLib::wrap).add("resume", CoroutineLib::resume)
                .add("yield", (m, args) -> m.coroutines().suspendWith(args))
                .add("status", CoroutineLib::status)
                .add("running", (m, args) -> m.coroutines().isMain(m.current()) ? LuaValue.NIL : m.current())
                .add("isyieldable", (m, args) -> LuaValue.valueOf(m.coroutines().isYieldable())).table();
    }

    private static Varargs wrap(Machine machine, Varargs args) {
        Coroutine coroutine = Coroutine.of(Args.function(machine, args, 1));
        return new Native("wrap", (m, given) -> {
            try {
                return m.coroutines().resume(coroutine, given, true);
            } catch (Raised e) {
                throw e.value() instanceof LuaString text && m.current() != coroutine
                        ? new Raised(NumberText.concat(m.where(1), text))
                        : e;
            }
        });
    }

    private static Varargs resume(Machine machine, Varargs args) {
        Coroutine coroutine = Args.coroutine(machine, args, 1);
        Coroutine here = machine.current();
        try {
            return machine.coroutines().resume(coroutine, args.subargs(2), false);
        } catch (Raised e) {
            if (machine.current() != here) {
                throw e;
            }
            return LuaValue.varargsOf(LuaValue.FALSE, e.value());
        }
    }

    private static Varargs status(Machine machine, Varargs args) {
        return LuaString.valueOf(switch (Args.coroutine(machine, args, 1).status()) {
            case SUSPENDED -> "suspended";
            case RUNNING -> "running";
            case NORMAL, WAITING -> "normal";
            case DEAD -> "dead";
        });
    }
}
