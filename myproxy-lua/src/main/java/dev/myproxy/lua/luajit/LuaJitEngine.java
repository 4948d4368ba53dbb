package dev.myproxy.lua.luajit;

import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import java.util.Optional;
import party.iroiro.luajava.luajit.LuaJit;

/** LuaJIT, the default where its native library loads. */
public final class LuaJitEngine extends LuaScriptEngine {

    @Override
    public String name() {
        return "luajit";
    }

    @Override
    public int priority() {
        return 20;
    }

    @Override
    public Optional<String> unavailable() {
        return Probe.FAILURE;
    }

    @Override
    public LuaState open(LuaSetup setup) {
        return new LuaJitState(setup);
    }

    /** Loads the native library when it is first asked for. */
    private static final class Probe {

        static final Optional<String> FAILURE = probe();

        private static Optional<String> probe() {
            try {
                LuaJitLibrary.load();
                new LuaJit().close();
                NativeStrings.link();
                return Optional.empty();
            } catch (LinkageError | RuntimeException e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                return Optional.of("LuaJIT's native library can't be used: " + root);
            }
        }
    }
}
