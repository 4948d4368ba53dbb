package dev.myproxy.lua;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.script.ScriptEngine;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The Lua engines that work on this machine; LuaJIT must be among them where its library is shipped. */
public final class Engines {

    private Engines() {}

    public static Stream<LuaScriptEngine> available() {
        return ServiceLoader.load(ScriptEngine.class).stream().map(ServiceLoader.Provider::get)
                .filter(LuaScriptEngine.class::isInstance).map(LuaScriptEngine.class::cast)
                .filter(engine -> engine.unavailable().isEmpty());
    }
}
