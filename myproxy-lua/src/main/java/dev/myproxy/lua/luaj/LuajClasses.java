package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.Native;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/** The metatables of objects: one for each class. */
final class LuajClasses {

    private static final LuaBuiltin INDEX = new LuaBuiltin("__index", LuajClasses::get);
    private static final LuaBuiltin CALL = new LuaBuiltin("__call", LuajClasses::call);

    private final IdentityHashMap<LuaClass<?>, LuaTable> metatables = new IdentityHashMap<>();
    private final LuajValues values;
    private final Native index;
    private final Native call;
    private final Native newIndex = new Native("__newindex", this::set);
    private final Native equal = new Native("__eq", this::equal);
    private final Native text = new Native("__tostring", this::text);

    LuajClasses(LuajValues values, Executor turn) {
        this.values = values;
        index = new LuajFunction(INDEX, values, turn);
        call = new LuajFunction(CALL, values, turn);
    }

    LuaTable metatable(LuaClass<?> luaClass) {
        return metatables.computeIfAbsent(luaClass, key -> {
            LuaTable metatable = new LuaTable();
            metatable.rawset(org.luaj.vm2.LuaValue.INDEX, index);
            metatable.rawset(org.luaj.vm2.LuaValue.NEWINDEX, newIndex);
            if (key.isCallable()) {
                metatable.rawset(org.luaj.vm2.LuaValue.CALL, call);
            }
            metatable.rawset(org.luaj.vm2.LuaValue.EQ, equal);
            metatable.rawset(org.luaj.vm2.LuaValue.TOSTRING, text);
            metatable.rawset(org.luaj.vm2.LuaValue.METATABLE, LuaString.valueOf(key.name()));
            return metatable;
        });
    }

    /** What one of the metamethods does. */
    @FunctionalInterface
    private interface Access {
        LuaValue run(LuaObject self);
    }

    private Varargs access(Machine machine, Varargs args, Access access) {
        try {
            if (!(args.arg1() instanceof LuajObject self)) {
                throw LuaError.positioned("attempt to index a " + args.arg1().typename() + " value");
            }
            return values.inScope(() -> values.toLua(access.run(self.object())));
        } catch (LuaError e) {
            throw LuajFunction.raised(machine, e);
        }
    }

    private static LuaReply get(LuaArgs args) {
        if (args.get(1) instanceof LuaObject self) {
            return self.luaClass().get(self, args.get(2));
        }
        throw LuaError.positioned("attempt to index a " + args.get(1).typeName() + " value");
    }

    private static LuaReply call(LuaArgs args) {
        if (args.get(1) instanceof LuaObject self) {
            return self.luaClass().call(self, args.withoutSelf());
        }
        throw LuaError.positioned("attempt to call a " + args.get(1).typeName() + " value");
    }

    private Varargs set(Machine machine, Varargs args) {
        return access(machine, args, self -> {
            self.luaClass().set(self, values.toJava(args.arg(2)), values.toJava(args.arg(3)));
            return LuaValue.nil();
        });
    }

    private Varargs text(Machine machine, Varargs args) {
        return access(machine, args, self -> self.luaClass().describe(self).map(LuaValue::of)
                .orElseGet(() -> LuaValue.of(String.format("userdata: 0x%08x", System.identityHashCode(self)))));
    }

    private Varargs equal(Machine machine, Varargs args) {
        return access(machine, args, self -> LuaValue
                .of(args.arg(2) instanceof LuajObject other && self.luaClass().equal(self, other.object())));
    }
}
