package dev.myproxy.lua.luaj;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/lua-engines.md says about the differences to LuaJIT: whoever removes one changes the page. */
class KnownDifferencesTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            tostring(-0) .. tostring(1 / -0)                    | 0inf
                                            tostring(jit) .. tostring(pcall(require, 'ffi'))    | nilfalse
                                            tostring(pcall(debug.sethook, print, '', 1))        | false
                                            tostring(loadstring('x = 1LL'))                     | nil
                                            tostring(loadstring('x = "\\\\u{20ac}" return x')()) | u{20ac}
                                            tostring(loadstring('f() \\n (g)()') ~= nil)        | true
                                            tostring(pcall(string.dump, function() end))        | false
                                            select(2, loadstring('x = 3x'))                     | [string "x = 3x"]:1: syntax error
                                            select(2, loadstring('return 1 2'))                 | [string "return 1 2"]:1: '<eof>' expected
                                            select(2, loadstring('\\27LJ'))                     | bytecode cannot be loaded
                                            """)
    void differencesAreAsDescribed(String expression, String result) {
        assertThat(both.inMachine("return (" + expression.replace("\\\\", "\\") + ")")).isEqualTo(result);
    }

    @Test
    void tailCallsKeepThePositionInErrorsOfLibraryFunctions() {
        assertThat(both.inMachine("local ok, m = pcall(function() return math.floor('x') end) return m"))
                .isEqualTo("t:1: bad argument #1 to 'floor' (number expected, got string)");
    }

    @Test
    void contradictoryOrdersAreNoError() {
        assertThat(both.inMachine("""
                                  local t = {3, 1, 2, 5, 4}
                                  return tostring(pcall(table.sort, t, function() return true end))
                                  """)).isEqualTo("true");
    }

    @Test
    void stringsAreBounded() {
        assertThat(both.inMachine(
                "local s = ('x'):rep(2 ^ 27) local ok, m = pcall(function() return s .. s .. s end) return m"))
                .isEqualTo("not enough memory");
    }
}
