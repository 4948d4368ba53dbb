package dev.myproxy.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.script.LuaScriptEngine;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Library code knows on whose behalf it is called, in every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaOwnerTest {

    private final World world;
    private final List<Promise<List<LuaValue>>> waits = new ArrayList<>();

    LuaOwnerTest(LuaScriptEngine engine) {
        world = new World(engine);
    }

    @BeforeEach
    void defineFunctions() {
        world.define("owner", _ -> LuaReply.of(LuaValue
                .of(world.state.owner().map(owner -> owner.name().orElse("nobody")).orElse("no task"))));
        world.define("wait", _ -> {
            Promise<List<LuaValue>> promise = Promise.promise();
            waits.add(promise);
            return new LuaReply.Later(promise.future(), () -> {});
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void start(String function, String owner) {
        world.state.start(() -> Optional.of(owner), world.function(function), List.of(), outcome -> assertThat(outcome)
                .isInstanceOf(LuaOutcome.Returned.class));
    }

    private void wakeFirst() {
        waits.removeFirst().complete(List.of());
        world.giveTurns();
    }

    @Test
    void eachTaskHasItsOwn() {
        world.run("see(owner()) keep('f', function() see(owner()) wait() see(owner()) end)");

        start("f", "joe");
        start("f", "ann");
        world.start("f");
        wakeFirst();
        wakeFirst();
        wakeFirst();

        assertThat(world.texts()).containsExactly("no task", "joe", "ann", "nobody", "joe", "ann", "nobody");
        assertThat(world.state.owner()).isEmpty();
    }

    @Test
    void coroutinesBelongToTheTaskThatRunsThem() {
        world.run("""
                  keep('f', function()
                      local inner = coroutine.wrap(function()
                          see(owner()) wait() see(owner()) coroutine.yield() see(owner())
                      end)
                      inner() see(owner()) inner() see(owner())
                  end)""");

        start("f", "joe");
        start("f", "ann");
        wakeFirst();
        wakeFirst();

        assertThat(world.texts()).containsExactly("joe", "ann", "joe", "joe", "joe", "joe", "ann", "ann", "ann",
                "ann");
    }

    @Test
    void aTaskThatAnotherOneResumesKeepsItsOwner() {
        world.run("""
                  local thread
                  keep('sleeper', function()
                      thread = coroutine.running() coroutine.yield() see(owner()) wait() see(owner())
                  end)
                  keep('waker', function()
                      see(owner()) coroutine.resume(thread) see(owner()) wait() see(owner())
                  end)
                  keep('failing', function() thread = coroutine.running() coroutine.yield() error('x') end)
                  keep('quick', function() see(owner()) coroutine.resume(thread) see(owner()) end)""");

        start("sleeper", "joe");
        start("waker", "ann");
        wakeFirst();
        wakeFirst();
        world.start("failing");
        start("quick", "eve");

        assertThat(world.texts()).containsExactly("ann", "joe", "ann", "joe", "ann", "eve", "eve");
    }
}
