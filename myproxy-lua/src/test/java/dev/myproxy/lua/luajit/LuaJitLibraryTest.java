package dev.myproxy.lua.luajit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LuaJitLibraryTest {

    @Test
    void nothingIsLoadedFromWhereOthersCouldPutIt() throws Exception {
        assumeThat(new LuaJitEngine().unavailable()).isEmpty();

        assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
                .anyMatch(line -> line.contains("luajit-"))
                .noneMatch(line -> line.contains("libgdx"));
    }

    @Test
    void loadsOnce() {
        assumeThat(new LuaJitEngine().unavailable()).isEmpty();

        LuaJitLibrary.load();
    }
}
