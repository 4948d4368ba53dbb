package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.Resource;
import dev.myproxy.script.ScriptHost;

/** The two of Lua's own functions that are the daemon's business: {@code print} and {@code os.exit}. */
public final class BaseLib implements LuaLibrary {

    private final ScriptHost host;

    public BaseLib(LibrarySetup setup) {
        host = setup.host();
    }

    @Override
    public void open(LuaState state) {
        state.run(Resource.of(BaseLib.class, "base.lua"), "=[myproxy]", new LuaBuiltin("print", this::print),
                new LuaBuiltin("exit", args -> exit(state, args)));
    }

    private LuaReply print(LuaArgs args) {
        host.print(args.string(1));
        return LuaReply.NOTHING;
    }

    private LuaReply exit(LuaState state, LuaArgs args) {
        int code = switch (args.get(1)) {
            case LuaValue.Nil _ -> 0;
            case LuaValue.Bool(boolean success) -> success ? 0 : 1;
            default -> (int) (long) args.number(1) & 0xff;
        };
        host.exit(code);
        state.stop();
        return LuaReply.NOTHING;
    }
}
