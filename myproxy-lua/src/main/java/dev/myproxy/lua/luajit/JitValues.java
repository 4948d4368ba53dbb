package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaForeign;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReference;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import party.iroiro.luajava.LuaNatives;

/**
 * Converts values between Java and the stack of the Lua thread that runs.
 *
 * <p>References that Java gets belong to the call that got them: {@link #openCall()} and {@link #closeCall} stand around
 * each.
 */
final class JitValues {

    /** Lua's type numbers. */
    private static final int BOOLEAN = 1;
    private static final int NUMBER = 3;
    private static final int STRING = 4;
    private static final int TABLE = 5;
    private static final int FUNCTION = 6;
    private static final int USERDATA = 7;
    private static final int THREAD = 8;
    private static final int CDATA = 10;

    /** Slots for one value: itself, and what it takes to make it. */
    private static final int ROOM = 8;

    private final LuaNatives lua;
    private final NativeStrings strings;
    private final int registry;
    private final JitCalls calls;
    private final int cache;
    private int bind;
    private List<JitReference> call = new ArrayList<>();

    /** The {@code lua_State} of the Lua thread that runs. */
    private long thread;

    private boolean closed;

    /**
     * @param main  the main Lua thread
     * @param calls makes the Java functions behind builtins
     */
    JitValues(LuaNatives lua, long main, JitCalls calls) {
        this.lua = lua;
        this.strings = NativeStrings.link();
        this.registry = lua.getRegistryIndex();
        this.calls = calls;
        this.thread = main;
        lua.lua_createtable(main, 0, 0);
        lua.lua_createtable(main, 0, 1);
        strings.push(main, ByteString.of("v"));
        lua.lua_setfield(main, -2, "__mode");
        lua.luaJ_setmetatable(main, -2);
        cache = lua.luaL_ref(main, registry);
    }

    /** Takes the prelude's function that makes a Lua function of a Java one from the top of the stack. */
    void takeBind() {
        bind = lua.luaL_ref(thread, registry);
    }

    long thread() {
        return thread;
    }

    void setThread(long running) {
        thread = running;
    }

    /** Begins a call; the references of the one around it are given back later. */
    List<JitReference> openCall() {
        List<JitReference> outer = call;
        call = new ArrayList<>();
        return outer;
    }

    /** Ends a call, with what {@link #openCall} gave. */
    void closeCall(List<JitReference> outer) {
        call.forEach(JitReference::endOfCall);
        call = outer;
    }

    void push(LuaValue value) {
        if (lua.lua_checkstack(thread, ROOM) == 0) {
            throw LuaError.plain("stack overflow");
        }
        switch (value) {
            case LuaValue.Nil _ -> lua.lua_pushnil(thread);
            case LuaValue.Bool(boolean bool) -> lua.lua_pushboolean(thread, bool ? 1 : 0);
            case LuaValue.Num(double number) -> lua.lua_pushnumber(thread, number);
            case LuaValue.Str(ByteString bytes) -> strings.push(thread, bytes);
            case LuaValue.Fresh fresh -> pushTable(fresh);
            case LuaObject object -> pushCached(object.serial(), () -> lua.luaJ_pushobject(thread, object));
            case LuaBuiltin builtin -> pushCached(builtin.serial(), () -> pushFunction(builtin));
            case LuaReference reference -> pushSlot(((JitReference) reference).slot());
        }
    }

    private void pushTable(LuaValue.Fresh fresh) {
        lua.lua_createtable(thread, fresh.sequence().size(), fresh.entries().size());
        int index = 0;
        for (LuaValue value : fresh.sequence()) {
            push(value);
            lua.lua_rawseti(thread, -2, ++index);
        }
        fresh.entries().forEach((key, value) -> {
            push(checkedKey(key));
            push(value);
            lua.lua_rawset(thread, -3);
        });
        fresh.metatable().ifPresent(metatable -> {
            push(metatable);
            lua.luaJ_setmetatable(thread, -2);
        });
    }

    private void pushSlot(int slot) {
        lua.luaJ_rawgeti(thread, registry, slot);
    }

    private void pushCached(long serial, Runnable make) {
        pushSlot(cache);
        lua.lua_pushnumber(thread, (double) serial);
        lua.luaJ_rawget(thread, -2);
        if (lua.lua_isnil(thread, -1) != 0) {
            lua.lua_pop(thread, 1);
            make.run();
            lua.lua_pushnumber(thread, (double) serial);
            lua.lua_pushvalue(thread, -2);
            lua.lua_rawset(thread, -4);
        }
        lua.lua_remove(thread, -2);
    }

    private void pushFunction(LuaBuiltin builtin) {
        pushSlot(bind);
        lua.luaJ_pushfunction(thread, calls.function(this, builtin));
        if (lua.lua_pcall(thread, 1, 1, 0) != 0) {
            throw LuaError.plain(popError());
        }
    }

    /** The error value on top of the stack as text: a string, a number, else the name of its type. */
    ByteString popError() {
        LuaValue value = read(-1);
        lua.lua_pop(thread, 1);
        return LuaNumbers.asString(value).orElseGet(() -> ByteString.of(value.typeName()));
    }

    LuaValue read(int index) {
        int type = lua.lua_type(thread, index);
        return switch (type) {
            case -1, 0 -> LuaValue.nil();
            case BOOLEAN -> LuaValue.of(lua.lua_toboolean(thread, index) != 0);
            case NUMBER -> LuaValue.of(lua.lua_tonumber(thread, index));
            case STRING -> LuaValue.of(strings.read(thread, index));
            case TABLE -> remember(new JitReference.Table(this, pointer(index), slot(index)));
            case FUNCTION -> remember(new JitReference.Function(this, pointer(index), slot(index)));
            case THREAD -> remember(new JitReference.Coroutine(this, pointer(index), slot(index)));
            case USERDATA -> lua.luaJ_isobject(thread, index) != 0
                    && lua.luaJ_toobject(thread, index) instanceof LuaObject object
                            ? object
                            : foreign(index, "userdata");
            default -> foreign(index, type == CDATA ? "cdata" : "userdata");
        };
    }

    private LuaForeign foreign(int index, String typeName) {
        return remember(new JitReference.Foreign(this, pointer(index), slot(index), typeName));
    }

    private <R extends JitReference> R remember(R reference) {
        call.add(reference);
        return reference;
    }

    private long pointer(int index) {
        return lua.lua_topointer(thread, index);
    }

    private int slot(int index) {
        lua.lua_checkstack(thread, ROOM);
        lua.lua_pushvalue(thread, index);
        return lua.luaL_ref(thread, registry);
    }

    void free(int slot) {
        if (!closed) {
            lua.luaL_unref(thread, registry, slot);
        }
    }

    /** To be called before the Lua state is closed. */
    void close() {
        closed = true;
    }

    LuaTable newTable() {
        lua.lua_checkstack(thread, ROOM);
        lua.lua_createtable(thread, 0, 0);
        JitReference.Table table = new JitReference.Table(this, pointer(-1), slot(-1));
        lua.lua_pop(thread, 1);
        table.keep();
        return table;
    }

    LuaValue get(JitReference.Table table, LuaValue key) {
        push(table);
        push(key);
        lua.luaJ_rawget(thread, -2);
        LuaValue value = read(-1);
        lua.lua_pop(thread, 2);
        return value;
    }

    void set(JitReference.Table table, LuaValue key, LuaValue value) {
        push(table);
        push(checkedKey(key));
        push(value);
        lua.lua_rawset(thread, -3);
        lua.lua_pop(thread, 1);
    }

    /** Lua would raise an error for these, which nobody could catch here. */
    private static LuaValue checkedKey(LuaValue key) {
        if (key instanceof LuaValue.Nil || (key instanceof LuaValue.Num(double number) && Double.isNaN(number))) {
            throw new IllegalArgumentException("nil or NaN as key of a Lua table");
        }
        return key;
    }

    int length(JitReference.Table table) {
        push(table);
        int length = lua.luaJ_len(thread, -1);
        lua.lua_pop(thread, 1);
        return length;
    }

    Optional<LuaTable> metatable(JitReference.Table table) {
        push(table);
        Optional<LuaTable> metatable = Optional.empty();
        if (lua.lua_getmetatable(thread, -1) != 0) {
            metatable = Optional.of((LuaTable) read(-1));
            lua.lua_pop(thread, 1);
        }
        lua.lua_pop(thread, 1);
        return metatable;
    }

    void setMetatable(JitReference.Table table, LuaTable metatable) {
        push(table);
        push(metatable);
        lua.luaJ_setmetatable(thread, -2);
        lua.lua_pop(thread, 1);
    }

    List<LuaTable.Entry> entries(JitReference.Table table) {
        List<LuaTable.Entry> entries = new ArrayList<>();
        push(table);
        lua.lua_pushnil(thread);
        while (lua.lua_next(thread, -2) != 0) {
            entries.add(new LuaTable.Entry(read(-2), read(-1)));
            lua.lua_pop(thread, 1);
        }
        lua.lua_pop(thread, 1);
        return entries;
    }
}
