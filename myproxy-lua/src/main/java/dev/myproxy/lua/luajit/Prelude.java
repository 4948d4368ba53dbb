package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaReference;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.Resource;
import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import party.iroiro.luajava.JFunction;
import party.iroiro.luajava.LuaNatives;

/** The functions of {@code prelude.lua}, and how Java enters Lua at all: through a protected call in the main thread. */
final class Prelude {

    /** What the prelude returns, in this order; the last is taken by {@link JitValues#takeBind}. */
    private static final int FUNCTIONS = 4;

    private final LuaNatives lua;
    private final JitValues values;
    private final List<LuaValue> functions = new ArrayList<>();
    private final int globals;

    /**
     * Loads and runs it.
     *
     * @param callbacks what it calls, by name
     */
    Prelude(LuaNatives lua, JitValues values, Map<String, JFunction> callbacks) {
        this.lua = lua;
        this.values = values;
        long main = values.thread();
        lua.luaJ_getglobal(main, "_G");
        globals = lua.luaL_ref(main, lua.getRegistryIndex());
        load(Resource.of(Prelude.class, "prelude.lua"), "=[myproxy]");
        lua.lua_createtable(main, 0, callbacks.size());
        callbacks.forEach((name, callback) -> {
            lua.luaJ_pushfunction(main, callback);
            lua.lua_setfield(main, -2, name);
        });
        if (lua.lua_pcall(main, 1, FUNCTIONS + 1, 0) != 0) {
            throw new IllegalStateException("prelude failed: " + values.popError().utf8());
        }
        values.takeBind();
        for (int i = 1; i <= FUNCTIONS; i++) {
            LuaValue function = values.read(i);
            ((LuaReference) function).keep();
            functions.add(function);
        }
        lua.lua_settop(main, 0);
    }

    /** Starts a task. */
    void start(long task, LuaFunction function, List<LuaValue> args) {
        List<LuaValue> all = new ArrayList<>(List.of(LuaValue.of((double) task), function));
        all.addAll(args);
        enter(functions.get(0), all);
    }

    /** Goes on with a task whose wait is over. */
    void proceed(long task, int kind, List<LuaValue> results) {
        List<LuaValue> all = new ArrayList<>(List.of(LuaValue.of((double) task), LuaValue.of((double) kind)));
        all.addAll(results);
        enter(functions.get(1), all);
    }

    /** Forgets a task. */
    void cancel(long task) {
        enter(functions.get(2), LuaValue.list(LuaValue.of((double) task)));
    }

    /** Tells about tasks that died without telling. */
    void sweep(String message) {
        enter(functions.get(3), LuaValue.list(LuaValue.of(message)));
    }

    /**
     * Loads a chunk and runs it.
     *
     * @throws LuaError the error that it raised, or in its syntax
     */
    void run(ByteString source, String chunkName, List<LuaValue> args) {
        load(source, chunkName);
        call(args);
    }

    void setGlobal(String name, LuaValue value) {
        long thread = values.thread();
        lua.lua_checkstack(thread, 2);
        lua.luaJ_rawgeti(thread, lua.getRegistryIndex(), globals);
        values.push(LuaValue.of(name));
        values.push(value);
        lua.lua_rawset(thread, -3);
        lua.lua_pop(thread, 1);
    }

    private void load(ByteString source, String chunkName) {
        ByteBuffer direct = ByteBuffer.allocateDirect(source.length());
        direct.put(source.toByteArray()).flip();
        lua.lua_checkstack(values.thread(), 1);
        if (lua.luaJ_loadbuffer(values.thread(), direct, source.length(), chunkName) != 0) {
            throw LuaError.plain(values.popError());
        }
    }

    private void enter(LuaValue function, List<LuaValue> args) {
        values.push(function);
        try {
            call(args);
        } catch (LuaError e) {
            throw new IllegalStateException("prelude failed: " + e.text().utf8(), e);
        }
    }

    /** Calls the function on top of the stack, drops its results. */
    private void call(List<LuaValue> args) {
        long main = values.thread();
        int bottom = lua.lua_gettop(main) - 1;
        try {
            args.forEach(values::push);
            if (lua.lua_pcall(main, args.size(), 0, 0) != 0) {
                throw LuaError.plain(values.popError());
            }
        } finally {
            lua.lua_settop(main, bottom);
        }
    }
}
