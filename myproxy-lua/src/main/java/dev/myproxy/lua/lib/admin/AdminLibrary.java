package dev.myproxy.lua.lib.admin;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.AddressObject;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.script.ScriptHost;
import java.io.IOException;

/** {@code admin_listen(address [, options])}: while the configuration is loading only. */
public final class AdminLibrary implements LuaLibrary {

    static final int DEFAULT_PORT = 9101;

    private static final String NAME = "admin_listen";

    private final ScriptHost host;
    private boolean loading = true;

    public AdminLibrary(LibrarySetup setup) {
        host = setup.host();
    }

    @Override
    public void open(LuaState lua) {
        lua.setGlobal(NAME, new LuaBuiltin(NAME, this::listen));
    }

    @Override
    public void configured(LuaState lua) {
        loading = false;
        lua.setGlobal(NAME, LuaValue.nil());
    }

    private LuaReply listen(LuaArgs args) {
        if (!loading) {
            throw LuaError.positioned("admin_listen is for configuration time only");
        }
        args.expectCount(1, 2, "Invalid parameter count");
        try {
            Address address = address(args);
            host.listenForAdmins(address, AdminListenOptions.read(args, 2, address));
        } catch (IOException e) {
            throw LuaError.of(e);
        }
        return LuaReply.NOTHING;
    }

    private static Address address(LuaArgs args) throws AddressException {
        return switch (args.get(1)) {
            case AddressObject object -> object.address();
            case LuaValue.Str _,LuaValue.Num _ ->
                AddressParser.parseNumeric(args.string(1), DEFAULT_PORT, Purpose.LISTEN);
            default -> throw args.bad(1, "path expected");
        };
    }
}
