package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.ScriptHost;

/** {@code limits(limits)}. */
public final class LimitsLib implements LuaLibrary {

    static final OptionSet KEYS = new OptionSet("ClientLimits", "connections", "per_account", "logins");

    private final ScriptHost host;
    private boolean set;

    public LimitsLib(LibrarySetup setup) {
        host = setup.host();
    }

    @Override
    public void open(LuaState lua) {
        lua.setGlobal("limits", new LuaBuiltin("limits", this::limit));
    }

    /** A configuration that sets no limits has none, whatever one before it had. */
    @Override
    public void configured(LuaState lua) {
        if (!set) {
            host.limit(ClientLimits.NONE);
        }
    }

    private LuaReply limit(LuaArgs args) {
        args.expectCount(1, 1, "Invalid parameter count");
        set = true;
        Options options = KEYS.read(args, 1);
        host.limit(new ClientLimits(options.integer("connections", 1, ClientLimits.MOST),
                options.integer("per_account", 1, ClientLimits.MOST),
                options.integer("logins", 1, ClientLimits.MOST)));
        return LuaReply.NOTHING;
    }
}
