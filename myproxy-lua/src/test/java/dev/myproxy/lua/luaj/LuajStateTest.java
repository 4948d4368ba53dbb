package dev.myproxy.lua.luaj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is this engine's own; all else is tested for every engine. */
class LuajStateTest {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final LuajState state = new LuajState(new LuaSetup(turns::add, Duration.ofSeconds(5)));
    private final List<LuaFunction> functions = new ArrayList<>();
    private final List<Promise<List<LuaValue>>> waits = new ArrayList<>();
    private final List<LuaOutcome> outcomes = new ArrayList<>();
    private final List<WeakReference<LuaObject>> things = new ArrayList<>();

    LuajStateTest() {
        state.setGlobal("keep", new LuaBuiltin("keep", args -> {
            LuaFunction function = (LuaFunction) args.get(1);
            function.keep();
            functions.add(function);
            return LuaReply.NOTHING;
        }));
        state.setGlobal("wait", new LuaBuiltin("wait", _ -> {
            Promise<List<LuaValue>> promise = Promise.promise();
            waits.add(promise);
            return new LuaReply.Later(promise.future(), () -> {});
        }));
    }

    @AfterEach
    void close() {
        state.close();
    }

    private void run(String source) {
        state.run(ByteString.of(source), "=t");
    }

    @Test
    void waitingTasksNeedNoThreads() {
        run("keep(function(n) return coroutine.wrap(function() return pcall(wait) end)(), n end)");
        int before = ManagementFactory.getThreadMXBean().getThreadCount();

        for (int i = 0; i < 10_000; i++) {
            state.start(functions.getFirst(), List.of(LuaValue.of(i)), outcomes::add);
        }

        assertThat(waits).hasSize(10_000);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 100);
        waits.reversed().forEach(wait -> wait.complete(List.of()));
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
        assertThat(outcomes).hasSize(10_000).allMatch(outcome -> outcome instanceof LuaOutcome.Returned);
    }

    @Test
    void endedAndCancelledTasksAreForgotten() {
        run("keep(function(object) local mine = {object} if object then coroutine.wrap(wait)(mine) end return mine end)");
        startWithThing().cancel();
        startWithThing();
        waits.getLast().complete(List.of());
        turns.remove().run();
        waits.clear();

        assertThat(outcomes).hasSize(1);
        outcomes.clear();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(things).hasSize(2).allMatch(thing -> thing.get() == null);
        });
    }

    private LuaTask startWithThing() {
        Thing thing = new Thing();
        things.add(new WeakReference<>(thing));
        return state.start(functions.getFirst(), List.of(thing), outcomes::add);
    }

    private static final class Thing extends LuaObject {
        private static final LuaClass<Thing> CLASS = new LuaClass<>("thing", Thing.class);

        @Override
        public LuaClass<?> luaClass() {
            return CLASS;
        }
    }

    @Test
    void statesDoNotShareTheMetatableOfStrings() {
        LuajState other = new LuajState(new LuaSetup(turns::add, Duration.ofSeconds(5)));

        run("string.shout = function(s) return s:upper() .. '!' end assert(('x'):shout() == 'X!')");
        other.run(ByteString.of("assert(string.shout == nil and not pcall(function() return ('x'):shout() end))"),
                "=t");

        other.close();
    }

    @Test
    void javaClassesCannotBeReached() {
        run("assert(luajava == nil and java == nil and package.loaded.luajava == nil)");
        run("assert(not pcall(require, 'java.lang.System') and not pcall(require, 'luajava'))");
    }
}
