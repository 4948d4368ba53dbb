package dev.myproxy.lua.luaj.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoroutineTest {

    private final Both both = new Both();

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void valuesPassBothWays() {
        both.agreeOn("local w = coroutine.wrap(function(a) while true do a = coroutine.yield(a * 2) end end)\n"
                + "return w(1), w(2), w(3)",
                "local co = coroutine.create(function(...) local a, b = coroutine.yield(...) return b, a end)\n"
                        + "return {coroutine.resume(co, 1, nil, 3)}, {coroutine.resume(co, 4, 5)}, {coroutine.resume(co)}",
                "local t = {} for k in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do "
                        + "t[#t + 1] = k end return t",
                "return coroutine.wrap(coroutine.yield)(1, 2)",
                "local co = coroutine.wrap(function() return pcall(coroutine.yield, 1) end) return co(), co(2)");
    }

    @Test
    void yieldsPassGuardsMetamethodsAndIterators() {
        both.agreeOn(
                """
                local mt = {}
                for _, e in ipairs({'add', 'concat', 'lt', 'le', 'eq', 'index', 'newindex', 'call', 'unm', 'len'}) do
                    mt['__' .. e] = function() return coroutine.yield(e) end
                end
                local a, b = setmetatable({}, mt), setmetatable({}, mt)
                local co = coroutine.wrap(function()
                    a.z = 1
                    local r = {a + 1, 'x' .. a .. 'y', a < b, a <= b, a == b, a ~= b, a.foo, a(5), -a, not (a > b)}
                    for k in (function() return coroutine.yield('iterate') end) do r[#r + 1] = k break end
                    local ok, e = pcall(function() coroutine.yield('guarded') error({7}) end)
                    r[#r + 1] = e[1]
                    return r
                end)
                local seen, n, last = {}, 0, co()
                while type(last) == 'string' do
                    seen[#seen + 1] = last
                    n = n + 1
                    last = co(n % 3 ~= 0 and n or false)
                end
                for i, v in ipairs(last) do last[i] = tostring(v) end
                return seen, last
                """);
    }

    @Test
    void errorsArePassedAsTheyAre() {
        both.agreeOn("local ok, e = coroutine.resume(coroutine.create(function() error({7}) end)) return ok, e[1]",
                "return coroutine.resume(coroutine.create(function() local x x.y = 1 end))",
                "local w = coroutine.wrap(function() error({5}) end) local ok, e = pcall(w) return ok, e[1]",
                "local w = coroutine.wrap(function() error('m') end) local x = w() return x",
                "local co = coroutine.create(function() error('x') end) coroutine.resume(co) return coroutine.resume(co)");
    }

    @Test
    void statusIsTold() {
        both.agreeOn("""
                     local states = {}
                     local outer
                     outer = coroutine.create(function()
                         local inner = coroutine.create(function()
                             states[#states + 1] = coroutine.status(outer)
                             states[#states + 1] = select(2, coroutine.resume(outer))
                             coroutine.yield()
                         end)
                         states[#states + 1] = coroutine.status(inner)
                         coroutine.resume(inner)
                         states[#states + 1] = coroutine.status(inner)
                         states[#states + 1] = coroutine.status(outer)
                         states[#states + 1] = select(2, coroutine.resume(coroutine.running()))
                         states[#states + 1] = tostring(coroutine.isyieldable())
                     end)
                     coroutine.resume(outer)
                     states[#states + 1] = coroutine.status(outer)
                     states[#states + 1] = select(2, coroutine.resume(outer))
                     return states, coroutine.isyieldable(), coroutine.running()
                     """, "local x = coroutine.create(1) return x", "local x = coroutine.status(1) return x",
                "local x = coroutine.resume(1) return x", "local x = coroutine.yield(1) return x",
                "local w = coroutine.wrap(function() end) w() local x = w() return x");
    }

    @Test
    void libraryFunctionsThatCallBackCannotBeYieldedThrough() {
        both.agreeOn(
                "return coroutine.resume(coroutine.create(function() table.sort({2, 1}, function() coroutine.yield() end) end))",
                "return coroutine.resume(coroutine.create(function() ('x'):gsub('.', function() coroutine.yield() end) end))");
    }

    @Test
    void eachHasItsOwnStack() {
        assertThat(both.inMachine("""
                                  local out = {}
                                  local function deep(n) if n == 0 then coroutine.yield('deep') else deep(n - 1) end end
                                  for i = 1, 100 do
                                      local co = coroutine.wrap(function() deep(100) return i end)
                                      assert(co() == 'deep')
                                      out[i] = co
                                  end
                                  local sum = 0
                                  for i = 1, 100 do sum = sum + out[i]() end
                                  return tostring(sum)
                                  """)).isEqualTo("5050");
    }

    @Test
    void nestingIsBounded() {
        assertThat(both.inMachine("""
                                  local depth, message = 0, nil
                                  local function nest()
                                      depth = depth + 1
                                      local ok, m = coroutine.resume(coroutine.create(nest))
                                      if not ok and not message then message = m end
                                  end
                                  nest()
                                  return depth .. ' ' .. message
                                  """)).isEqualTo("191 C stack overflow");
    }

    @Test
    void tracebacksShowFunctions() {
        assertThat(both.inMachine("""
                                  local function inner() return debug.traceback('here') .. '' end
                                  function outer() local t = inner() return t end
                                  return outer()
                                  """))
                .startsWith("here\nstack traceback:\n\tt:1: in function 'inner'\n\tt:2: in function <t:2>");
    }
}
