package dev.myproxy.lua.luaj.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkLibTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void chunksAreLoadedFromStringsAndFunctions() {
        both.agreeOn("return loadstring('return ...')(1, 2)", "return load('return x', 'n', 't', {x = 9})()",
                "local n = 0 return load(function() n = n + 1 return ({'return ', '4', '2'})[n] end)()",
                "return type(load(function() return nil end))", "return loadstring('\\n\\nx=', '@f.lua')",
                "return loadstring('x=', '=name')", "return loadstring('x=')", "return loadstring('x = }')",
                "return loadstring(('x'):rep(200) .. '=')", "return pcall(loadstring, nil)",
                "return loadstring('#!/bin/lua\\nreturn 1') and 1");
    }

    @Test
    void chunkNamesAreCutAsInLuajit() {
        for (int length : new int[]{1, 40, 44, 45, 46, 47, 48, 49, 58, 59, 60, 61, 100}) {
            both.agreeOn("local ok, m = loadstring('x=', '@' .. ('n'):rep(" + length + ")) return m",
                    "local ok, m = loadstring('x=', '=' .. ('n'):rep(" + length + ")) return m",
                    "local ok, m = loadstring(('n'):rep(" + length + ") .. '=') return m",
                    "local ok, m = loadstring(('n'):rep(" + length + ") .. '=\\n') return m");
        }
    }

    @Test
    void environmentsBelongToFunctions() {
        both.agreeOn("local f = setfenv(function() return x end, {x = 5}) return f(), getfenv(f).x",
                "local function g() setfenv(1, {y = 2}) return y end return g(), y",
                """
                local env = setmetatable({}, {__index = _G})
                local chunk = loadstring('z = 1 return function() return z end')
                setfenv(chunk, env)
                local inner = chunk()
                return z, env.z, inner(), getfenv(inner) == env
                """, """
                     local function outer() return function() return v end end
                     local before = outer()
                     setfenv(outer, {v = 'new'})
                     return before(), outer()()
                     """, "return getfenv(0) == _G, getfenv(print) == _G, getfenv(1) == _G, getfenv() == _G",
                "getfenv(50)", "setfenv(print, {})", "setfenv(1)",
                "local f = function() end return setfenv(f, {}) == f",
                "local f = function() end setfenv(f, {q = 1}) return getfenv(f).q");
    }

    @Test
    void filesAreLoaded(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.lua");
        Files.write(file, "#!/usr/bin/lua\nreturn '\\200\u00e4', ...".getBytes(StandardCharsets.ISO_8859_1));
        Path wrong = Files.writeString(directory.resolve("b.lua"), "return\n= 1");

        both.agreeOn("return dofile('" + file + "')", "return loadfile('" + file + "')(7)",
                "return loadfile('" + directory + "/missing.lua')", "return pcall(dofile, '" + wrong + "') == false");
        assertThat(both.inMachine("local f, message = loadfile('" + wrong + "') return message"))
                .startsWith(wrong.toString().length() > 59 ? "..." : wrong + ":2:");
    }
}
