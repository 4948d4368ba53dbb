package dev.myproxy.lua.luajit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.protocol.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LuaJitEngineTest {

    private final LuaJitEngine engine = new LuaJitEngine();

    @Test
    void worksHereAndRunsEveryConfiguration() {
        assertThat(engine.unavailable()).isEmpty();
        assertThat(engine.name()).isEqualTo("luajit");
        assertThat(engine.runs(Path.of("/etc/anything.conf"))).isTrue();
    }

    @Test
    void hasLuaJitsOwnLibraries() {
        try (LuaState state = engine.open(new LuaSetup(Runnable::run, Duration.ofSeconds(1)))) {
            state.run(ByteString.of("""
                                    local ffi = require 'ffi'
                                    assert(ffi.sizeof('int') == 4 and jit.version:find('LuaJIT 2', 1, true) == 1)
                                    assert(not jit.status(), 'compiled loops could not be stopped')
                                    goto over
                                    error('no goto')
                                    ::over::
                                    """), "@test.lua");
        }
    }

    @Test
    void aClosedStateIsRefused() {
        LuaState state = engine.open(new LuaSetup(Runnable::run, Duration.ofSeconds(1)));
        state.close();
        state.close();

        assertThatThrownBy(() -> state.run(ByteString.of("x = 1"), "@test.lua"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void statesAreWorldsOfTheirOwn() {
        LuaSetup setup = new LuaSetup(Runnable::run, Duration.ofSeconds(1));
        try (LuaState one = engine.open(setup); LuaState other = engine.open(setup)) {
            one.run(ByteString.of("x = 1"), "@one.lua");

            other.run(ByteString.of("assert(x == nil)"), "@other.lua");
        }
    }
}
