package dev.myproxy.lua.luaj.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import dev.myproxy.lua.luaj.vm.Chunks;
import dev.myproxy.lua.luaj.vm.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luaj.vm2.LuaString;

class PackageLibTest {

    private final Both both = new Both();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @AfterEach
    void close() {
        both.close();
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void modulesAreRequired() throws IOException {
        write("one.lua", "loads = (loads or 0) + 1 return {name = ..., loads = loads}");
        write("sub/two.lua", "return nil");
        write("broken.lua", "x = = 1");
        write("failing.lua", "error('at load', 0)");
        write("old.lua", "module(..., package.seeall) function f() return 5, _NAME, type(print) end");
        String path = "package.path = '" + directory + "/?.lua'\n";

        both.agreeOn(path + "return require('one').name, require('one').loads, package.loaded.one == require('one')",
                path + "return require('sub.two'), package.loaded['sub.two']",
                path + "return (pcall(require, 'broken')), (pcall(require, 'failing'))",
                path + "require('old') return old.f()",
                path + "package.preload.given = function(n) return n .. '!' end return require('given')",
                path + "return package.searchpath('one', package.path) ~= nil, package.searchpath('zzz', './?.x')",
                path + "local m = select(2, pcall(require, 'zzz')) return m:match('^[^\\n]*\\n[^\\n]*\\n[^\\n]*')",
                "local t = require('table.new')(3, 0) t[1] = 5 require('table.clear')(t) return #t, next(t)",
                "return require('bit') == bit, require('string') == string", "return package.config");
    }

    @Test
    void relativeNamesAreRelativeToTheDirectoryOfTheSurroundings() throws IOException {
        write("here.lua", "return 'found'");
        Machine machine = new Machine();
        StandardLibraries.open(machine, new Surroundings(() -> directory));
        String source = """
                        local f = assert(io.open('here.lua'))
                        f:close()
                        return require('here') .. dofile('here.lua') .. loadfile('here.lua')()
                        """;

        var result = machine
                .call(Chunks.load(LuaString.valueOf(source), LuaString.valueOf("=t"), machine.environment()));

        assertThat(result.arg1().tojstring()).isEqualTo("foundfoundfound");
    }
}
