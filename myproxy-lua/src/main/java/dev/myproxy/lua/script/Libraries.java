package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.BaseLib;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.ListenLib;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.ResolveLib;
import dev.myproxy.lua.lib.SleepLib;
import dev.myproxy.lua.lib.cache.CacheLibrary;
import dev.myproxy.lua.lib.log.ClockLibrary;
import dev.myproxy.lua.lib.log.EnvLibrary;
import dev.myproxy.lua.lib.log.LogLibrary;
import java.util.List;

/** All libraries of a script. */
final class Libraries {

    private final ListenLib listeners;
    private final List<LuaLibrary> all;

    Libraries(LibrarySetup setup) {
        listeners = new ListenLib(setup);
        all = List.of(new BaseLib(setup), new SleepLib(setup), listeners, new ResolveLib(setup),
                new CacheLibrary(setup), new LogLibrary(), new ClockLibrary(setup), new EnvLibrary(setup));
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

    void close() {
        all.forEach(LuaLibrary::close);
    }
}
