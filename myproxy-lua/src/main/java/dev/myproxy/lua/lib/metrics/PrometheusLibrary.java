package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.ListenFunction;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import java.io.IOException;

/** {@code prometheus_listen(address)}. */
public final class PrometheusLibrary extends ListenFunction {

    static final int DEFAULT_PORT = 9100;

    private final ScriptHost host;

    public PrometheusLibrary(LibrarySetup setup) {
        super("prometheus_listen", DEFAULT_PORT, 1);
        host = setup.host();
    }

    @Override
    protected void listen(Where where, LuaArgs args) throws IOException {
        host.listenForMetrics(where);
    }
}
