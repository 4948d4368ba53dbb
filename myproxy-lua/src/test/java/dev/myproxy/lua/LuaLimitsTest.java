package dev.myproxy.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That no callback computes for ever, and that callbacks leave nothing behind, in every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaLimitsTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final String MESSAGE = "callback ran for more than 0.3 seconds";

    private final World world;

    LuaLimitsTest(LuaScriptEngine engine) {
        world = new World(engine, LIMIT);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            while true do end
                                            local x = 0 while true do x = x + 1 end
                                            for i = 1, math.huge do local t = {i} end
                                            while true do pcall(function() while true do end end) end
                                            while true do xpcall(function() while true do end end, function() while true do end end) end
                                                                            while true do coroutine.wrap(function() pcall(function() while true do end end) end)() end
                                            while true do coroutine.resume(coroutine.create(function() while true do end end)) end
                                            while true do table.sort({3, 2, 1}, function(a, b) while true do end end) end
                                            while true do tostring(setmetatable({}, {__tostring = function() while true do end end})) end
                                            while true do string.gsub('abc', '.', function() end) end
                                            while true do plain() end
                                            repeat local ok = pcall(error) until ok
                                            local function f() return f() end f()
                                            """)
    void whoComputesTooLongIsStopped(String code) {
        world.define("plain", _ -> LuaReply.NOTHING);
        world.run("keep('f', function()\n" + code + "\nend) keep('g', function() return 'alive' end)");
        long begin = System.nanoTime();

        String error = world.call("f").error();

        assertThat(error).endsWith(MESSAGE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(LIMIT)
                .isLessThan(Duration.ofSeconds(15));
        assertThat(world.call("g").results()).containsExactly("alive");
    }

    @Test
    void theLineIsNamed() {
        world.run("keep('f', function()\nlocal x = 1\nwhile true do end\nend)");

        assertThat(world.call("f").error()).isEqualTo("test.lua:3: " + MESSAGE);
    }

    @Test
    void theLineInACoroutineIsNamed() {
        world.run("keep('f', function()\ncoroutine.wrap(function()\nwhile true do end\nend)()\nend)");

        assertThat(world.call("f").error()).startsWith("test.lua:").endsWith(MESSAGE);
    }

    @Test
    void theLimitIsForEachRunBetweenWaits() {
        Promise<List<LuaValue>> promise = Promise.promise();
        world.define("wait", _ -> new LuaReply.Later(promise.future(), () -> {}));
        world.run("keep('f', function() wait() while true do end end)");
        World.Run run = world.start("f");

        promise.complete(List.of());
        world.giveTurns();

        assertThat(run.error()).endsWith(MESSAGE);
    }

    @Test
    void aResumedTaskIsStoppedWithItsResumer() {
        world.run("""
                  keep('f', function() co = coroutine.running() coroutine.yield() while true do end end)
                  keep('g', function() while true do pcall(coroutine.resume, co) end end)
                  """);
        World.Run f = world.start("f");

        World.Run g = world.call("g");

        assertThat(g.error()).endsWith(MESSAGE);
        assertThat(f.error()).endsWith(MESSAGE);
    }

    @Test
    void theConfigurationMayComputeLonger() {
        world.run("""
                  local function busy() local t = os.clock() while os.clock() - t < 0.5 do end return 'done' end
                  see(busy(), coroutine.wrap(busy)())
                  """);

        assertThat(world.texts()).containsExactly("done", "done");
    }

    @Test
    void callbacksLeaveNothingBehind() {
        world.define("object", _ -> LuaReply.of(new Thing()));
        world.define("take", args -> LuaReply.of(args.get(1)));
        world.run("""
                  keep('f', function(thing, t)
                      local o = object()
                      take({}, print, function() end, coroutine.running(), o)
                      local co = coroutine.wrap(function() take(coroutine.running(), {}) coroutine.yield() end)
                      co()
                      return o, {}, t, thing
                  end)
                  keep('memory', function()
                      for i = 1, 4 do collectgarbage() end
                      local n = 0
                      if debug.getregistry then for _ in pairs(debug.getregistry()) do n = n + 1 end end
                      return math.floor(collectgarbage('count')), n
                  end)
                  """);
        callbacks(2_000);
        List<String> before = world.call("memory").results();

        callbacks(100_000);
        List<String> after = world.call("memory").results();

        assertThat(after.get(1)).as("entries of the registry").isEqualTo(before.get(1));
        assertThat(Integer.parseInt(after.get(0))).as("kB")
                .isLessThan(Integer.parseInt(before.get(0)) + 500 + heapNoise());
    }

    /** An engine on the JVM's heap can't say exactly what it uses. */
    private static int heapNoise() {
        return 20_000;
    }

    private void callbacks(int count) {
        LuaFunction f = world.function("f");
        int[] ended = {0};
        for (int i = 0; i < count; i++) {
            world.state.start(f, List.of(new Thing(), new LuaValue.Fresh(java.util.Map.of())), _ -> ended[0]++);
        }
        world.giveTurns();
        assertThat(ended[0]).isEqualTo(count);
    }

    @Test
    void manyThingsCanWaitAtOnceAndBeForgotten() {
        List<Promise<List<LuaValue>>> promises = new ArrayList<>();
        int[] cancelled = {0};
        world.define("wait", _ -> {
            Promise<List<LuaValue>> promise = Promise.promise();
            promises.add(promise);
            return new LuaReply.Later(promise.future(), () -> cancelled[0]++);
        });
        world.run("keep('f', function() wait() end)");
        List<World.Run> runs = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            runs.add(world.start("f"));
        }

        runs.subList(0, 1_000).forEach(World.Run::cancel);
        promises.forEach(promise -> promise.complete(List.of()));
        world.giveTurns();

        assertThat(cancelled[0]).isEqualTo(1_000);
        assertThat(runs.subList(0, 1_000)).noneMatch(World.Run::isOver);
        assertThat(runs.subList(1_000, 2_000)).allMatch(World.Run::isOver);
    }

    /** Something. */
    private static final class Thing extends LuaObject {
        private static final LuaClass<Thing> CLASS = new LuaClass<>("test.thing", Thing.class);

        @Override
        public LuaClass<?> luaClass() {
            return CLASS;
        }
    }
}
