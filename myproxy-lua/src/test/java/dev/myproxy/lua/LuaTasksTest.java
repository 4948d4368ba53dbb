package dev.myproxy.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.lua.script.LuaScriptEngine;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Coroutines, waiting and cancelling in every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaTasksTest {

    private final World world;
    private final Map<String, Promise<List<LuaValue>>> waits = new LinkedHashMap<>();
    private final List<String> cancelled = new ArrayList<>();

    LuaTasksTest(LuaScriptEngine engine) {
        world = new World(engine);
    }

    @BeforeEach
    void defineWait() {
        world.define("wait", args -> {
            String name = args.string(1).utf8();
            Promise<List<LuaValue>> promise = Promise.promise();
            waits.put(name, promise);
            return new LuaReply.Later(promise.future(), () -> cancelled.add(name));
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Promise<List<LuaValue>> waited(String name) {
        return Objects.requireNonNull(waits.get(name));
    }

    private void complete(String name, LuaValue... values) {
        waited(name).complete(List.of(values));
        world.giveTurns();
    }

    @Test
    void argumentsAndResultsPass() {
        world.run("keep('f', function(...) return select('#', ...), ... end)");

        assertThat(world.call("f", LuaValue.of("a"), LuaValue.nil(), LuaValue.nil()).results())
                .containsExactly("3", "a", "nil", "nil");
    }

    @Test
    void waitingSuspendsAndGivesTheResults() {
        world.run("keep('f', function() local a, b = wait('w') return b, a, select('#', wait('x')) end)");
        World.Run run = world.start("f");
        assertThat(run.isOver()).isFalse();

        complete("w", LuaValue.of("one"), LuaValue.of("two"));
        assertThat(run.isOver()).isFalse();
        complete("x", LuaValue.nil(), LuaValue.nil());

        assertThat(run.results()).containsExactly("two", "one", "2");
    }

    @Test
    void failuresAreRaisedWhereItWaits() {
        world.run("""
                  keep('f', function()
                      local ok, m = pcall(wait, 'w') see(m)
                      ok, m = pcall(function()
                          local x = wait('x')
                      end) see(m)
                      wait('y')
                  end)
                  """);
        World.Run run = world.start("f");

        waited("w").fail("out of luck");
        world.giveTurns();
        waited("x").fail(LuaError.positioned("with position"));
        world.giveTurns();
        waited("y").fail(new IllegalStateException());
        world.giveTurns();

        assertThat(world.texts()).containsExactly("out of luck", "test.lua:4: with position");
        assertThat(run.error()).isEqualTo("IllegalStateException");
    }

    @Test
    void othersRunMeanwhile() {
        world.run("keep('f', function(name) return name, wait(name) end)");
        World.Run a = world.start("f", LuaValue.of("a"));
        World.Run b = world.start("f", LuaValue.of("b"));

        complete("b", LuaValue.of(2));
        assertThat(b.results()).containsExactly("b", "2");
        assertThat(a.isOver()).isFalse();
        complete("a", LuaValue.of(1));

        assertThat(a.results()).containsExactly("a", "1");
    }

    @Test
    void waitingPassesThroughCoroutinesOfTheScript() {
        world.run("""
                  keep('f', function()
                      local inner = coroutine.wrap(function(...)
                          local innermost = coroutine.create(function(x)
                              local got = wait('deep')
                              local more = coroutine.yield(got .. x)
                              return 'end ' .. more
                          end)
                          local ok, first = coroutine.resume(innermost, '!')
                          assert(ok and coroutine.status(innermost) == 'suspended')
                          coroutine.yield(first, ...)
                          local ok, last = coroutine.resume(innermost, 'now')
                          assert(ok and coroutine.status(innermost) == 'dead')
                          return last
                      end)
                      local a, b = inner('arg')
                      see(a, b)
                      see(inner())
                      return 'done'
                  end)
                  """);
        World.Run run = world.start("f");
        assertThat(world.seen()).isEmpty();

        complete("deep", LuaValue.of("value"));

        assertThat(run.results()).containsExactly("done");
        assertThat(world.texts()).containsExactly("value!", "arg", "end now");
    }

    @Test
    void aHundredNestedWaitersKeepTheirState() {
        world.run("""
                  keep('f', function(n)
                      local sum = 0
                      local function level(depth)
                          if depth == 0 then
                              sum = sum + wait('w' .. n)
                              return n
                          end
                          return coroutine.wrap(function() return level(depth - 1) end)()
                      end
                      local got = level(5)
                      return got, sum
                  end)
                  """);
        List<World.Run> runs = IntStream.range(0, 100).mapToObj(n -> world.start("f", LuaValue.of(n))).toList();

        for (int n = 99; n >= 0; n--) {
            waited("w" + n).complete(LuaValue.list(LuaValue.of(n * 10)));
        }
        world.giveTurns();

        for (int n = 0; n < 100; n++) {
            assertThat(runs.get(n).results()).containsExactly("" + n, "" + n * 10);
        }
    }

    @Test
    void whatWaitsCantBeResumedByOthers() {
        world.run("""
                  keep('f', function()
                      mine = coroutine.running()
                      inner = coroutine.create(function() return wait('w') end)
                      return coroutine.resume(inner)
                  end)
                  keep('g', function()
                      see(coroutine.resume(mine, 'wrong')) see(coroutine.resume(inner, 'wrong'))
                      see(coroutine.status(mine), coroutine.status(inner))
                  end)
                  """);
        World.Run f = world.start("f");

        world.call("g");
        complete("w", LuaValue.of("right"));

        assertThat(f.results()).containsExactly("boolean", "right");
        assertThat(world.texts()).containsExactly("boolean", "cannot resume non-suspended coroutine", "boolean",
                "cannot resume non-suspended coroutine", "normal", "normal");
    }

    @Test
    void errorsBehindAWaitReachTheRightResumer() {
        world.run("""
                  keep('f', function()
                      local co = coroutine.create(function() wait('w') error('inner') end)
                      local ok, m = coroutine.resume(co)
                      see(tostring(ok), m, coroutine.status(co))
                      local w = coroutine.wrap(function() wait('x') error({}) end)
                      local ok, m = pcall(w)
                      see(tostring(ok), type(m))
                      return 'survived'
                  end)
                  """);
        World.Run run = world.start("f");

        complete("w");
        complete("x");

        assertThat(run.results()).containsExactly("survived");
        assertThat(world.texts()).containsExactly("false", "test.lua:2: inner", "dead", "false", "table");
    }

    @Test
    void outsideOfATaskWaitingBlocks() {
        world.define("soon", args -> {
            Promise<List<LuaValue>> promise = Promise.promise();
            Thread.ofVirtual().start(() -> {
                if (args.count() == 2) {
                    promise.fail(LuaError.positioned(args.string(1).utf8()));
                } else {
                    promise.complete(LuaValue.list(args.get(1)));
                }
            });
            return new LuaReply.Later(promise.future(), () -> {});
        });

        world.run("""
                  see(soon('main'))
                  local co = coroutine.create(function()
                      see(soon('inner'))
                      coroutine.yield('yielded')
                      see(select(2, pcall(soon, 'failed', true)))
                  end)
                  see(select(2, coroutine.resume(co)))
                  see(tostring(coroutine.resume(co)))
                  local ok, m = pcall(function()
                      return soon('failed', true), 1
                  end)
                  see(m)
                  """);

        assertThat(world.texts()).containsExactly("main", "inner", "yielded", "failed", "true",
                "test.lua:10: failed");
    }

    @Test
    void anAttributesValueMayComeLater() {
        Promise<List<LuaValue>> promise = Promise.promise();
        LuaClass<Slow> slow = new LuaClass<>("test.slow", Slow.class)
                .waiting("value", _ -> new LuaReply.Later(promise.future(), () -> {}))
                .attribute("quick", _ -> LuaValue.of("quick"));
        world.run("keep('f', function(o) local a = o.quick local b = o.value return a, b end)");

        World.Run run = world.start("f", new Slow(slow));
        assertThat(run.isOver()).isFalse();
        promise.complete(LuaValue.list(LuaValue.of("slow"), LuaValue.of("more")));
        world.giveTurnsUntil(run::isOver);

        assertThat(run.results()).containsExactly("quick", "slow");
    }

    /** An object of any class. */
    private static final class Slow extends LuaObject {
        private final LuaClass<Slow> luaClass;

        Slow(LuaClass<Slow> luaClass) {
            this.luaClass = luaClass;
        }

        @Override
        public LuaClass<?> luaClass() {
            return luaClass;
        }
    }

    @Test
    void yieldingTasksAreResumedByOthers() {
        world.run("""
                  keep('f', function(...)
                      co = coroutine.running()
                      local a, b = coroutine.yield('dropped')
                      local c = coroutine.yield(a .. b)
                      return 'result', c
                  end)
                  keep('g', function() return coroutine.resume(co, 'a', 'b') end)
                  keep('h', function() return coroutine.resume(co, 'c') end)
                  """);
        World.Run f = world.start("f");
        assertThat(f.isOver()).isFalse();

        assertThat(world.call("g").results()).containsExactly("boolean", "ab");
        assertThat(f.isOver()).isFalse();
        assertThat(world.call("h").results()).containsExactly("boolean", "result", "c");

        assertThat(f.results()).containsExactly("result", "c");
        assertThat(world.call("h").results()).containsExactly("boolean", "cannot resume dead coroutine");
    }

    @Test
    void errorsOfYieldingTasksReachBoth() {
        world.run("""
                  keep('f', function() co = coroutine.running() coroutine.yield() error('late') end)
                  keep('g', function() return coroutine.resume(co) end)
                  """);
        World.Run f = world.start("f");

        assertThat(world.call("g").results()).containsExactly("boolean", "test.lua:1: late");

        assertThat(f.error()).isEqualTo("test.lua:1: late");
    }

    @Test
    void yieldingTasksThatWaitGoOnByThemselves() {
        world.run("""
                  keep('f', function() co = coroutine.running() coroutine.yield() return wait('w') end)
                  keep('g', function() return select('#', coroutine.resume(co)) end)
                  """);
        World.Run f = world.start("f");
        assertThat(world.call("g").results()).containsExactly("1");

        complete("w", LuaValue.of("value"));

        assertThat(f.results()).containsExactly("value");
    }

    @Test
    void cancelledTasksRunNoMore() {
        world.run("""
                  keep('f', function() co = coroutine.running() pcall(wait, 'w') see('ran on') end)
                  keep('g', function() see(coroutine.resume(co)) see(coroutine.status(co)) end)
                  """);
        World.Run f = world.start("f");

        f.cancel();
        complete("w");
        world.call("g");
        f.cancel();

        assertThat(cancelled).containsExactly("w");
        assertThat(f.isOver()).isFalse();
        assertThat(world.texts()).containsExactly("boolean", "cannot resume dead coroutine", "dead");
    }

    @Test
    void cancelledYieldersRunNoMore() {
        world.run("""
                  keep('f', function() co = coroutine.running() coroutine.yield() see('ran on') end)
                  keep('g', function() see(coroutine.resume(co)) end)
                  """);
        World.Run f = world.start("f");

        f.cancel();
        world.call("g");

        assertThat(world.texts()).containsExactly("boolean", "cannot resume dead coroutine");
    }

    @Test
    void closingCancelsEverything() {
        world.run("keep('f', function(name) wait(name) see('ran on') end)");
        world.start("f", LuaValue.of("a"));
        world.start("f", LuaValue.of("b"));

        world.close();
        waits.values().forEach(wait -> wait.complete(List.of()));
        world.giveTurns();

        assertThat(cancelled).containsExactlyInAnyOrder("a", "b");
        assertThat(world.seen()).isEmpty();
    }

    @Test
    void tasksAreNotStartedWithinOthers() {
        world.define("nested", _ -> {
            world.start("g");
            return LuaReply.NOTHING;
        });
        world.run("keep('f', function() nested() end) keep('g', function() end)");

        assertThat(world.call("f").error()).contains("Lua is running");
    }

    @Test
    void aStoppedScriptRunsNoMore() {
        world.define("stop", _ -> {
            world.state.stop();
            return LuaReply.NOTHING;
        });

        assertThatThrownBy(() -> world.run("while true do pcall(stop) see('on') end")).isInstanceOf(LuaError.class);

        assertThat(world.seen()).isEmpty();
    }
}
