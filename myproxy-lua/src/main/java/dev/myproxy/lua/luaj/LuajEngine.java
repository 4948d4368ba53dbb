package dev.myproxy.lua.luaj;

import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.script.LuaScriptEngine;
import java.util.Optional;

/** Lua in pure Java, on LuaJ's compiler and values: works everywhere, second choice where LuaJIT does. */
public final class LuajEngine extends LuaScriptEngine {

    @Override
    public String name() {
        return "luaj";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public LuaState open(LuaSetup setup) {
        return new LuajState(setup);
    }
}
