package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.luaj.vm.Coroutine;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/** Carries values between library code and the machine. */
final class LuajValues {

    private final Executor turn;
    private final LuajClasses classes;

    private Scope scope = over();

    /**
     * Values of one state.
     *
     * @param turn as in {@link dev.myproxy.lua.LuaSetup#turn()}
     */
    LuajValues(Executor turn) {
        this.turn = turn;
        classes = new LuajClasses(this, turn);
    }

    private static Scope over() {
        Scope over = new Scope();
        over.end();
        return over;
    }

    /** Of the call of Java that is going on. */
    Scope scope() {
        return scope;
    }

    /** Runs Java code; references that it receives are valid meanwhile. */
    <T> T inScope(Supplier<T> code) {
        Scope outer = scope;
        Scope inner = new Scope();
        scope = inner;
        try {
            return code.get();
        } finally {
            inner.end();
            scope = outer;
        }
    }

    org.luaj.vm2.LuaValue toLua(LuaValue value) {
        return switch (value) {
            case LuaValue.Nil _ -> org.luaj.vm2.LuaValue.NIL;
            case LuaValue.Bool(boolean truth) -> org.luaj.vm2.LuaValue.valueOf(truth);
            case LuaValue.Num(double number) -> LuaDouble.valueOf(number);
            case LuaValue.Str(ByteString bytes) -> string(bytes);
            case LuaValue.Fresh fresh -> table(fresh);
            case LuaObject object -> new LuajObject(object, classes.metatable(object.luaClass()));
            case LuaBuiltin builtin -> new LuajFunction(builtin, this, turn);
            case dev.myproxy.lua.LuaReference reference -> ((LuajReference) reference).target();
        };
    }

    Varargs toLua(List<LuaValue> values) {
        org.luaj.vm2.LuaValue[] converted = new org.luaj.vm2.LuaValue[values.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = toLua(values.get(i));
        }
        return org.luaj.vm2.LuaValue.varargsOf(converted);
    }

    private LuaTable table(LuaValue.Fresh fresh) {
        LuaTable table = new LuaTable(fresh.sequence().size(), fresh.entries().size());
        int index = 0;
        for (LuaValue value : fresh.sequence()) {
            table.rawset(++index, toLua(value));
        }
        fresh.entries().forEach((key, value) -> table.rawset(toLua(key), toLua(value)));
        fresh.metatable().ifPresent(metatable -> table.setmetatable(toLua(metatable)));
        return table;
    }

    LuaValue toJava(org.luaj.vm2.LuaValue value) {
        return switch (value) {
            case LuaBoolean truth -> LuaValue.of(truth.v);
            case LuaNumber number -> LuaValue.of(number.todouble());
            case LuaString string -> LuaValue.of(bytes(string));
            case LuaTable table -> new LuajTable(this, table);
            case LuajObject object -> object.object();
            case LuajFunction function -> function.builtin();
            case LuaFunction function -> new LuajReference.OfFunction(function, scope);
            case Coroutine coroutine -> new LuajReference.OfThread(coroutine, scope);
            default -> value.isnil() ? LuaValue.nil() : new LuajReference.Foreign(value, scope);
        };
    }

    List<LuaValue> toJava(Varargs values) {
        List<LuaValue> converted = new ArrayList<>(values.narg());
        for (int i = 1; i <= values.narg(); i++) {
            converted.add(toJava(values.arg(i)));
        }
        return converted;
    }

    static LuaString string(ByteString bytes) {
        return LuaString.valueUsing(bytes.toByteArray());
    }

    static ByteString bytes(LuaString string) {
        return ByteString.copyOf(string.m_bytes, string.m_offset, string.m_offset + string.m_length);
    }
}
