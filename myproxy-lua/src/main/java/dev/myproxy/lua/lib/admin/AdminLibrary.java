package dev.myproxy.lua.lib.admin;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.ListenFunction;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import java.io.IOException;

/** {@code admin_listen(address [, options])}. */
public final class AdminLibrary extends ListenFunction {

    static final int DEFAULT_PORT = 9101;

    private final ScriptHost host;

    public AdminLibrary(LibrarySetup setup) {
        super("admin_listen", DEFAULT_PORT, 2);
        host = setup.host();
    }

    @Override
    protected void listen(Where where, LuaArgs args) throws IOException {
        host.listenForAdmins(where, AdminListenOptions.read(args, 2, where));
    }
}
