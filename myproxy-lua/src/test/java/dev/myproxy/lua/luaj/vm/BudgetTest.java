package dev.myproxy.lua.luaj.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.std.StandardLibraries;
import dev.myproxy.lua.luaj.std.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

@Timeout(60)
class BudgetTest {

    private final Machine machine = new Machine();
    private final List<String> ends = new ArrayList<>();

    BudgetTest() {
        StandardLibraries.open(machine, new Surroundings(() -> Path.of("")));
        machine.budget().setLimit(Duration.ofMillis(50));
    }

    private void start(String source) {
        Closure chunk = Chunks.load(LuaString.valueOf(source), LuaString.valueOf("=t"), machine.environment());
        machine.coroutines().start(Coroutine.task(chunk, new TaskListener() {
            @Override
            public void returned(Varargs results) {
                ends.add("returned " + results.arg1().tojstring());
            }

            @Override
            public void failed(Raised error) {
                ends.add(error.text().tojstring());
            }
        }), LuaValue.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"while true do end", "repeat until false", "::a:: goto a", "for i = 1, 1e15 do end",
            "for i = 1, 2, 0 do end", "local function f() return f() end f()",
            "while true do pcall(function() while true do end end) end", "while true do pcall(error, 'x') end",
            "for k in function() return 1 end do end", "xpcall(function() while true do end end, print)",
            "xpcall(error, function() while true do end end)",
            "coroutine.wrap(function() while true do end end)()",
            "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
            "table.sort({1, 2, 3}, function() while true do end end)",
            "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
            "tostring(setmetatable({}, {__tostring = function() while true do end end}))",
            "local s = ('a'):rep(100000) s:find(('.-'):rep(20) .. 'b')",
            "local s = ('a'):rep(1000000) s:find('.-b')",
            "while true do ('x'):rep(1000000) end", "table.move({}, 1, 2^31 - 1, 2)",
            "while true do table.concat({('x'):rep(100000), ('y'):rep(100000)}) end",
            "('x'):rep(100000):gsub('', function() while true do end end)", "load(function() while true do end end)"})
    void endlessCodeEnds(String code) {
        start(code);

        assertThat(ends).singleElement().asString().isEqualTo("t:1: callback ran for more than 0.05 seconds");
        assertThat(machine.isBusy()).isFalse();
    }

    @Test
    void theMachineWorksOnAfterwards() {
        start("while true do end");
        start("return 1 + 1");

        assertThat(ends).last().isEqualTo("returned 2");
    }

    @Test
    void stoppedCodeRunsNoMore() {
        machine.globals().rawset("stop", new Native("stop", (m, args) -> {
            m.budget().stop();
            m.budget().checkStopped();
            return LuaValue.NONE;
        }));

        start("pcall(stop) reached = true");
        start("print()");

        assertThat(ends).hasSize(2).allMatch(end -> end.contains("stopped"));
        assertThat(machine.globals().rawget("reached").isnil()).isTrue();
    }

    @Test
    void thereIsNoLimitForCallsFromJava() {
        Closure chunk = Chunks.load(LuaString.valueOf("""
                                                      local begin = os.clock()
                                                      while os.clock() - begin < 0.1 do end
                                                      return 'done'
                                                      """), LuaString.valueOf("=t"), machine.environment());

        assertThat(machine.call(chunk).arg1().tojstring()).isEqualTo("done");
    }
}
