package dev.myproxy.lua.luaj.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BaseLibTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void stringsBecomeNumbersAsInLuajit() {
        List<String> bodies = new ArrayList<>();
        for (String text : List.of("10", " 10 ", "0x10", "-0x1F", "0X1p4", "0x.8", "0x1.8p-2", "1e5", "1E+5", ".5",
                "5.",
                "1e", "0x", "", " ", "1 2", "1_0", "0b101", "0b2", "inf", "-inf", "nan", "infinity", "1LL", "+1", "+-1",
                "- 1", "\\t1\\n", "1e400", "0x1p-1080", "123456789012345678901234567890", "1d", "1f", "0x1g")) {
            bodies.add("return tonumber('" + text + "'), pcall(function() return '" + text + "' + 1 end)");
            bodies.add(
                    "return tonumber('" + text + "', 16), tonumber('" + text + "', 36), tonumber('" + text + "', 2)");
        }
        bodies.add("return tonumber({}), tonumber(nil), tonumber(true), tonumber(10, 16), tonumber('1.5', 10)");
        bodies.add("local n = tonumber() return n");
        bodies.add("local n = tonumber('1', 1) return n");
        bodies.add("local n = tonumber('1', 37) return n");
        both.agreeOn(bodies);
    }

    @Test
    void numbersBecomeStringsAsInLuajit() {
        List<String> bodies = new ArrayList<>();
        for (String number : List.of("0", "1", "-1", "1.5", "1e14", "1e15", "123456789012345", "123456789012335",
                "2^53",
                "2^63", "0.1", "1/3", "1e100", "1e-5", "1e-4", "-1e-7", "1/0", "-1/0", "1.7e9", "1700000000",
                "0.1 + 0.2",
                "5e-324", "100 * 1.1", "12345678901234.5")) {
            bodies.add("return tostring(" + number + "), '' .. " + number + ", table.concat({" + number + "})");
        }
        both.agreeOn(bodies);
    }

    @Test
    void assertAndErrorPutPositions() {
        both.agreeOn("assert(false)", "assert(nil, 'm')", "assert(false, {1})", "assert()", "return assert(1, 2, 3)",
                "error('m')", "error('m', 0)", "error('m', 1)", "error('m', 2)", "error({1})", "error()", "error(nil)",
                "error(5)", "local function f() error('m', 2) end\nf()");
    }

    @Test
    void guardsPassValuesAndErrors() {
        both.agreeOn("return pcall(function(...) return ... end, 1, nil, 3)", "return pcall(error, {1})",
                "return pcall(nil)", "return xpcall(function(...) error('e') end, function(m) return m .. '!' end, 1)",
                "return xpcall(function(...) return ... end, print, 1, 2)",
                "return xpcall(error, function() error('again') end)", "return pcall(pcall, error, 'x')",
                "return pcall(xpcall)", "local ok = pcall() return ok");
    }

    @Test
    void listsArePickedApart() {
        both.agreeOn("return select('#'), select('#', nil, nil), select(2, 'a', 'b', 'c'), (select(-1, 1, 2))",
                "local s = select(0) return s", "local s = select(-5, 1) return s", "return select(9, 1)",
                "return unpack({1, 2, 3}), (unpack({1, 2}))", "return unpack({1, 2, 3}, 2)", "return unpack({}, 1, 3)",
                "return unpack({1, 2, 3}, 3, 2)", "local u = unpack({}, 1, 1e8) return u",
                "local u = unpack() return u");
    }

    @Test
    void metatablesAreProtected() {
        both.agreeOn("return pcall(setmetatable, setmetatable({}, {__metatable = 1}), {})",
                "return getmetatable(setmetatable({}, {__metatable = 'm'}))", "setmetatable(1, {})",
                "setmetatable({}, 1)", "setmetatable({})", "return getmetatable({}), getmetatable(1)",
                "return rawequal('a', 'a'), rawequal({}, {}), rawget({5}, 1), #rawset({}, 1, 2)", "rawset({}, nil, 1)",
                "rawset({}, 0/0, 1)", "rawset(1, 2, 3)");
    }

    @Test
    void tablesAreWalked() {
        both.agreeOn("local t = {} for k, v in pairs({1, 2, 3}) do t[#t + 1] = k * v end return t",
                "local t = {} for i, v in ipairs({1, 2, nil, 4}) do t[#t + 1] = v end return t", "return next({})",
                "local t = {} for i = 1, 20 do t[i] = i t['k' .. i] = i end for k in pairs(t) do t[k] = nil end return next(t)",
                "local n = 0 for k, v in next, {a = 1, b = 2} do n = n + v end return n", "ipairs()", "ipairs(nil)",
                "for i in 5 do end", "for i in nil do end",
                "return pairs(setmetatable({1}, {__pairs = function() return error end}))");
    }

    @Test
    void proxiesHaveMetatables() {
        both.agreeOn("local p = newproxy(true) getmetatable(p).__len = function() return 7 end return #p, type(p)",
                "local p = newproxy(true) return getmetatable(newproxy(p)) == getmetatable(p)",
                "return getmetatable(newproxy()), getmetatable(newproxy(false))");
    }

    @Test
    void theCollectorIsLeftAlone() {
        both.agreeOn("return collectgarbage('count') > 0, collectgarbage(), collectgarbage('isrunning'), gcinfo() > 0",
                "local x = collectgarbage('nonsense') return x");
    }

    @Test
    void namesOfLaterVersionsAreAbsent() {
        both.agreeOn(
                "return table.unpack, table.pack, rawlen, utf8, bit32, math.type, string.pack, _VERSION, table.getn");
    }

    @Test
    void libraryTablesHaveTheSameNames() {
        String names = """
                       local missing = {}
                       for _, lib in ipairs({'string', 'table', 'math', 'io', 'os', 'coroutine', 'bit', 'package'}) do
                           for name in pairs(_G[lib]) do missing[#missing + 1] = lib .. '.' .. name end
                       end
                       table.sort(missing)
                       return table.concat(missing, ' ')
                       """;
        both.agreeOn(names);
        assertThat(both.inMachine(names)).contains("string.gsub");
    }
}
