package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaOwner;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.script.ScriptHost;
import io.vertx.core.Future;
import java.util.List;

/** {@code reload_config()}: where no client waits, when the configuration is loaded. */
public final class ReloadLib implements LuaLibrary {

    private static final String NAME = "reload_config";

    private final ScriptHost host;
    private boolean loading = true;

    public ReloadLib(LibrarySetup setup) {
        host = setup.host();
    }

    @Override
    public void open(LuaState lua) {
        lua.setGlobal(NAME, new LuaBuiltin(NAME, args -> reload(lua, args)));
    }

    @Override
    public void configured(LuaState lua) {
        loading = false;
    }

    private LuaReply reload(LuaState lua, LuaArgs args) {
        args.expectCount(0, 0, "Too many parameters");
        if (loading) {
            throw LuaError.positioned(
                    "reload_config can't be called while the configuration loads: call it in reload()");
        }
        if (!lua.owner().filter(LuaOwner.NOBODY::equals).isPresent()) {
            throw LuaError.positioned(
                    "reload_config can't be called by the handler of a client: call it in reload()");
        }
        Future<List<LuaValue>> reloaded = host.reload().map(_ -> List.of(LuaValue.of(true)));
        return LuaReply.later(
                reloaded.otherwise(e -> List.of(LuaValue.nil(), LuaValue.of(String.valueOf(e.getMessage())))));
    }
}
