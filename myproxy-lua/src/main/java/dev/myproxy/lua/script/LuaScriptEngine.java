package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.check.outside.CheckedOutside;
import dev.myproxy.lua.check.outside.LoadedFiles;
import dev.myproxy.script.Rehearsal;
import dev.myproxy.script.ScriptEngine;
import dev.myproxy.script.ScriptHost;
import io.vertx.core.Deployable;
import java.nio.file.Path;

/** What all Lua engines have in common; each adapter has a subclass for {@link java.util.ServiceLoader}. */
public abstract class LuaScriptEngine implements ScriptEngine {

    /** Opens an empty world: standard libraries only. Called in the turn of the script. */
    public abstract LuaState open(LuaSetup setup);

    /** Lua is what configurations are written in, whatever their file is called. */
    @Override
    public boolean runs(Path configuration) {
        return true;
    }

    @Override
    public Deployable verticle(Path configuration, ScriptHost host) {
        return new LuaVerticle(this, configuration, host, LuaSetup.DEFAULT_LIMIT);
    }

    @Override
    public Rehearsal rehearsal(Path configuration, ScriptHost host) {
        LoadedFiles files = new LoadedFiles();
        return new Rehearsal(new LuaVerticle(this, configuration, host, LuaSetup.DEFAULT_LIMIT,
                vertx -> new CheckedOutside(vertx, configuration, files)), files::inspect);
    }
}
