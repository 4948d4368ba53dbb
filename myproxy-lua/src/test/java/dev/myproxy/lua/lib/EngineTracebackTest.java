package dev.myproxy.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaBody;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaOutcome;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is logged of the engines' tracebacks: the frames of the script's files, each with its line. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class EngineTracebackTest {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<LuaFunction> kept = new ArrayList<>();
    private final List<Traceback> failures = new ArrayList<>();
    private final LuaState lua;

    EngineTracebackTest(LuaScriptEngine engine) {
        lua = engine.open(new LuaSetup(turns::add, LuaSetup.DEFAULT_LIMIT));
    }

    @BeforeEach
    void defineFunctions() {
        define("keep", args -> {
            LuaFunction function = (LuaFunction) args.get(1);
            function.keep();
            kept.add(function);
            return LuaReply.NOTHING;
        });
        define("fail", _ -> {
            throw LuaError.positioned("bad thing");
        });
        define("wait", args -> {
            Promise<List<LuaValue>> promise = Promise.promise();
            turns.add(() -> {
                if (args.count() == 0) {
                    promise.complete(List.of());
                } else {
                    promise.fail(LuaError.positioned("bad wait"));
                }
            });
            return new LuaReply.Later(promise.future(), () -> {});
        });
    }

    private void define(String name, LuaBody body) {
        lua.setGlobal(name, new LuaBuiltin(name, body));
    }

    @AfterEach
    void close() {
        lua.close();
    }

    private List<String> frames(String source) {
        lua.run(ByteString.of(source), "@config.lua");
        lua.start(kept.getFirst(), List.of(), outcome -> {
            LuaOutcome.Failed failed = (LuaOutcome.Failed) outcome;
            failures.add(Traceback.of(failed.message().utf8(), failed.traceback()));
        });
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
        return failures.getFirst().frames();
    }

    @Test
    void functionsThatCallEachOther() {
        assertThat(frames("""
                          local function inner()
                              error('deep')
                          end
                          local function outer()
                              inner()
                              return 1
                          end
                          keep(function()
                              outer()
                              return 1
                          end)""")).containsExactly("config.lua:2: in function 'inner'",
                "config.lua:5: in function 'outer'", "config.lua:9: in function <config.lua:8>");
    }

    @Test
    void mistakesOfTheLanguage() {
        assertThat(frames("""
                          keep(function()
                              local x = nil
                              return x.y
                          end)""")).containsExactly("config.lua:3: in function <config.lua:1>");
    }

    @Test
    void functionsOfOurs() {
        assertThat(frames("""
                          keep(function()
                              fail()
                              return 1
                          end)""")).containsExactly("config.lua:2: in function <config.lua:1>");
    }

    @Test
    void afterAWait() {
        assertThat(frames("""
                          local function step()
                              wait('to fail')
                              return 1
                          end
                          keep(function()
                              wait()
                              step()
                              return 1
                          end)""")).containsExactly("config.lua:2: in function 'step'",
                "config.lua:7: in function <config.lua:5>");
    }

    @Test
    void coroutinesThatAreWrapped() {
        assertThat(frames("""
                          local function inner()
                              wait()
                              error('deep')
                          end
                          keep(function()
                              local middle = coroutine.wrap(function()
                                  pcall(coroutine.wrap(function() error('caught') end))
                                  coroutine.wrap(inner)()
                                  return 1
                              end)
                              middle()
                              return 1
                          end)""")).containsExactly("config.lua:3: in function <config.lua:1>",
                "config.lua:8: in function <config.lua:6>", "config.lua:11: in function <config.lua:5>");
    }

    @Test
    void anErrorThatHasNothingToDoWithAnEarlierOneInACoroutine() {
        assertThat(frames("""
                          keep(function()
                              pcall(coroutine.wrap(function()
                                  error('caught')
                              end))
                              error('other')
                          end)""")).containsExactly("config.lua:5: in function <config.lua:1>");
    }
}
