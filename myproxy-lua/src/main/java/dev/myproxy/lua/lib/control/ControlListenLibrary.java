package dev.myproxy.lua.lib.control;

import dev.myproxy.control.ControlDatagram;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.ListenFunction;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import java.io.IOException;

/** {@code control_listen(address [, options])}. */
public final class ControlListenLibrary extends ListenFunction {

    private final ScriptHost host;

    public ControlListenLibrary(LibrarySetup setup) {
        super("control_listen", ControlDatagram.DEFAULT_PORT, 2);
        host = setup.host();
    }

    @Override
    protected void listen(Where where, LuaArgs args) throws IOException {
        host.listenForControl(where, ControlListenOptions.read(args, 2, where));
    }
}
