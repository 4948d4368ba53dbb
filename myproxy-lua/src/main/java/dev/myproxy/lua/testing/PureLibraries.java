package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.json.Json;
import dev.myproxy.lua.lib.json.JsonLibrary;
import dev.myproxy.lua.lib.jwt.JwtLibrary;
import dev.myproxy.lua.lib.sodium.SodiumLibrary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;

/** The libraries that test files may use themselves, to seal and sign what they give to policies: those that only compute. */
final class PureLibraries implements AutoCloseable {

    private final List<LuaLibrary> libraries;

    PureLibraries(LuaState lua) {
        Json json = new Json();
        libraries = List.of(new JsonLibrary(json), new JwtLibrary(json, Instant::now),
                new SodiumLibrary(new SimpleMeterRegistry()));
        libraries.forEach(library -> library.open(lua));
    }

    @Override
    public void close() {
        libraries.forEach(LuaLibrary::close);
    }
}
