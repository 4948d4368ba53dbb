package dev.myproxy.lua.luaj.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterpreterTest {

    private static final String METATABLE = """
                                            local mt = {
                                                __add = function() return 'add' end, __sub = function() return 'sub' end,
                                                __mul = function() return 'mul' end, __div = function() return 'div' end,
                                                __mod = function() return 'mod' end, __pow = function() return 'pow' end,
                                                __unm = function() return 'unm' end, __len = function() return 42 end,
                                                __concat = function() return 'cat' end, __eq = function() return true end,
                                                __lt = function() return true end, __le = function() return false end,
                                                __call = function(_, ...) return select('#', ...), ... end,
                                                __index = function(_, k) return tostring(k) .. '!' end,
                                            }
                                            local a, b = setmetatable({}, mt), setmetatable({}, mt)
                                            """;

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void expressionsHaveTheValuesOfLuajit() {
        Random random = new Random(5);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            bodies.add("local ok, v = pcall(function() local a, b, c = 3, '4', {}\nreturn " + expression(random, 3)
                    + " end)\nif not ok then v = v:gsub(\"%l+ '%w+' %((a %l+ value)%)\", '%1') end return ok, v");
        }
        both.agreeOn(bodies);
    }

    private static String expression(Random random, int depth) {
        String[] leaves = {"1", "2.5", "-3", "'7'", "'x'", "nil", "true", "false", "a", "b", "c", "1e10", "2^31"};
        String[] operators = {"+", "-", "*", "/", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", " and ", " or "};
        if (depth == 0 || random.nextInt(5) == 0) {
            return leaves[random.nextInt(leaves.length)];
        }
        if (random.nextInt(6) == 0) {
            return new String[]{"not ", "- ", "#"}[random.nextInt(3)] + "(" + expression(random, depth - 1) + ")";
        }
        return "(" + expression(random, depth - 1) + " " + operators[random.nextInt(operators.length)] + " "
                + expression(random, depth - 1) + ")";
    }

    @Test
    void whatIsNoNumberEqualsNothing() {
        both.agreeOn(List.of("local n = 0/0 return n == n, n ~= n, rawequal(n, n), n == 1, 1 ~= n"));
    }

    @Test
    void metamethodsAreCalled() {
        both.agreeOn(METATABLE + "return a + 1, 1 + a, a - b, a * 2, a / 2, a % 2, a ^ 2, -a, #a",
                METATABLE + "return a .. 'x', 'x' .. a, 1 .. a, 'a' .. 'b' .. a .. 'c', a .. b",
                METATABLE + "return a == b, a ~= b, a < b, a <= b, a > b, a >= b, a == {}, rawequal(a, b)",
                METATABLE + "return a(), a(1, nil), a.foo, a[1], a:bar()",
                "local lt = setmetatable({}, {__lt = function() return false end})\n"
                        + "return lt <= setmetatable({}, getmetatable(lt))",
                "return setmetatable({}, {__index = setmetatable({}, {__index = {x = 5}})}).x",
                "local log = {} local t = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v + 1) end})\n"
                        + "t.x = 1 t.x = 5 return t.x, rawget(t, 'x')",
                "local to = {} local t = setmetatable({}, {__newindex = to}) t.x = 1 return rawget(t, 'x'), to.x",
                "local f = setmetatable({}, {__call = function(self, x) return x end}) return (pcall(f, 1)), f(2)",
                "return setmetatable({}, {__lt = function() return 1 end}) < 5",
                "return setmetatable({}, {__eq = function() return true end}) == 5");
    }

    @Test
    void errorsNameTheCulprit() {
        both.agreeOn("local a a.b = 1", "return missing.y", "missing()", "local t = {} t.foo()", "local t = {} t:bar()",
                "return 1 + nil", "local a = {} return a + 1", "return 'x' + 1", "return 'a' .. {}",
                "return missing .. 'a'",
                "return #nil", "return 1 < '2'", "return {} < {}", "return nil < 1", "return -{}",
                "local t = {} t[nil] = 1",
                "local t = {} t[0/0] = 1", "for i = 'a', 2 do end", "for i = 1, 'x' do end", "for i = 1, 2, {} do end",
                "local t = {a = {}} t.a.b.c = 1", "local t = {} t[1][2] = 3", "local t, k = {}, 'z' t[k].x = 1",
                "('x')()", "(nil)[1] = 1", "local u local function f() return u.x end return f() + 1",
                "local u local function f() u.x.y = 1 end f()", "return ({}).x.y", "local s = 'x' return s.y.z",
                "return print < print", "return 2 ^ {}", "return (1)()", "local a = 'x' a()",

                "local t = setmetatable({}, {__index = {}}) return t.x.y", "math.floor.x = 1");
    }

    @Test
    void loopsCountAsInLuajit() {
        both.agreeOn("local t = {} for i = 10, 1, -3 do t[#t + 1] = i end return t",
                "local t = {} for i = 0.1, 0.35, 0.1 do t[#t + 1] = i end return t", "for i = 1, 0 do return i end",
                "local t = {} for i = '1', '3' do t[#t + 1] = i end return t",
                "local t = {} for i = 2^31 - 2, 2^31 + 1 do t[#t + 1] = i end return t",
                "local t = {} for i = -2^31 + 1, -2^31 - 1, -1 do t[#t + 1] = i end return t",
                "local t = {} for i = 1, 3 do local j = i t[i] = function() j = j + 1 return j end end\n"
                        + "return t[1](), t[1](), t[2]()",
                "local n = 0 while true do n = n + 1 if n > 5 then break end end return n",
                "local n = 0 repeat local done = n >= 3 n = n + 1 until done return n",
                "for i = 1, 3 do for j = 1, 3 do if j == 2 then goto continue end end ::continue:: end return 'ok'",
                "goto done do return 'no' end ::done:: return 'yes'");
    }

    @Test
    void callsPassWhatIsThere() {
        both.agreeOn("local function v(...) local a, b = ... return select('#', ...), a, b, ... end return v(1, nil)",
                "local function v(...) return ... end return (v(1, 2)), {v(1, 2, 3)}, {v(1, 2), 9}, {v()}",
                "local function f(a, b, c) return a, b, c end return f(1), f(1, 2, 3, 4)",
                "local function loop(n) if n == 0 then return 'end' end return loop(n - 1) end return loop(100000)",
                "local t = {n = 0} function t:inc(k) self.n = self.n + (k or 1) return self end return t:inc():inc(5).n",
                "local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(5000)",
                "local t = {} for i = 1, 200 do t[i] = i end return select('#', unpack(t))",
                "return (function(...) return select('#', ...) end)(nil, nil)");
    }

    @Test
    void closuresShareVariables() {
        both.agreeOn(
                "local n = 0 local function inc() n = n + 1 end local function get() return n end inc() inc() return get()",
                """
                local fs = {}
                for i = 1, 3 do
                    local x = i
                    fs[#fs + 1] = function() x = x + 1 return x end
                    fs[#fs + 1] = function() return x end
                end
                return fs[1](), fs[2](), fs[3](), fs[4](), fs[6]()
                """, "local f do local x = 1 f = function() x = x + 1 return x end end return f(), f()",
                "local x = 1 local function f() return x end x = 2 return f()");
    }

    @Test
    void endlessRecursionIsAnError() {
        assertThat(both.inMachine("local function f() return 1 + f() end local _, m = pcall(f) return m"))
                .isEqualTo("t:1: stack overflow");
        assertThat(both.inMachine("""
                                  local t = setmetatable({}, {__index = function(t, k) return t[k] .. 'x' end})
                                  local _, m = pcall(function() return t.x end)
                                  return m
                                  """)).contains("stack overflow");
        assertThat(both.inMachine("""
                                  local function f() table.sort({1, 2}, f) end
                                  local _, m = pcall(f)
                                  return m
                                  """)).contains("stack overflow");
        assertThat(both.inMachine("""
                                  local t = {}
                                  t = setmetatable(t, {__tostring = function() return tostring(t) .. 'x' end})
                                  local _, m = pcall(tostring, t)
                                  return m
                                  """)).contains("stack overflow");
    }

    @Test
    void nestedSourceIsRefusedNotFatal() {
        assertThat(both.inMachine("local f, m = loadstring('return ' .. ('('):rep(100000)) return m"))
                .contains("levels");
        assertThat(both.inMachine("local f, m = loadstring(('local a = 1 '):rep(300)) return m")).contains("too");
    }
}
