package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.BaseLib;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LimitsLib;
import dev.myproxy.lua.lib.ListenLib;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.ReloadLib;
import dev.myproxy.lua.lib.ResolveLib;
import dev.myproxy.lua.lib.ShutdownLib;
import dev.myproxy.lua.lib.SleepLib;
import dev.myproxy.lua.lib.admin.AdminLibrary;
import dev.myproxy.lua.lib.cache.CacheLibrary;
import dev.myproxy.lua.lib.cluster.ClusterLibrary;
import dev.myproxy.lua.lib.json.Json;
import dev.myproxy.lua.lib.json.JsonLibrary;
import dev.myproxy.lua.lib.jwt.JwtLibrary;
import dev.myproxy.lua.lib.log.ClockLibrary;
import dev.myproxy.lua.lib.log.EnvLibrary;
import dev.myproxy.lua.lib.log.LogLibrary;
import dev.myproxy.lua.lib.metrics.MetricsLibrary;
import dev.myproxy.lua.lib.metrics.PrometheusLibrary;
import dev.myproxy.lua.lib.net.ControlLibrary;
import dev.myproxy.lua.lib.control.ControlListenLibrary;
import dev.myproxy.lua.lib.net.SocketLibrary;
import dev.myproxy.lua.lib.sodium.SodiumLibrary;
import dev.myproxy.lua.lib.pg.PgLib;
import java.util.List;

/** All libraries of a script. */
final class Libraries {

    private final ListenLib listeners;
    private final List<LuaLibrary> all;

    Libraries(LibrarySetup setup) {
        listeners = new ListenLib(setup);
        List<LuaLibrary> others = setup.outside().replacements(setup);
        all = daemons(setup, listeners).stream().map(library -> others.stream()
                .filter(other -> other.getClass() == library.getClass()).findFirst().orElse(library)).toList();
    }

    /** Those of the daemon. */
    private static List<LuaLibrary> daemons(LibrarySetup setup, ListenLib listeners) {
        Json json = new Json();
        return List.of(new BaseLib(setup), new SleepLib(setup), listeners, new ResolveLib(setup),
                new ReloadLib(setup),
                new CacheLibrary(setup), new LogLibrary(), new ClockLibrary(setup), new EnvLibrary(setup),
                new JsonLibrary(json), new SodiumLibrary(setup.host().meters()),
                new JwtLibrary(json, setup.outside()::now), new SocketLibrary(setup), new ControlLibrary(setup),
                new ControlListenLibrary(setup), new PgLib(setup), new MetricsLibrary(setup),
                new PrometheusLibrary(setup), new AdminLibrary(setup), new ShutdownLib(setup), new LimitsLib(setup),
                new ClusterLibrary(setup));
    }

    ListenLib listeners() {
        return listeners;
    }

    void open(LuaState lua) {
        all.forEach(library -> library.open(lua));
    }

    void configured(LuaState lua) {
        all.forEach(library -> library.configured(lua));
    }

    void reloaded(LuaState lua) {
        all.forEach(library -> library.reloaded(lua));
    }

    void close() {
        all.forEach(LuaLibrary::close);
    }
}
