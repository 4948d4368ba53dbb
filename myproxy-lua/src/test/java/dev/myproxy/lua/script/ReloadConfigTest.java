package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.lua.luaj.LuajEngine;
import dev.myproxy.lua.luajit.LuaJitEngine;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The function {@code reload_config}. */
class ReloadConfigTest {

    private static final String RELOAD = """
                                         function reload()
                                             print('begin')
                                             local ok, message = reload_config()
                                             print(tostring(ok) .. ' ' .. tostring(message))
                                         end
                                         """;

    @TempDir
    private Path directory;

    static Stream<LuaScriptEngine> engines() {
        return Stream.of(new LuaJitEngine(), new LuajEngine());
    }

    private RunningScript load(LuaScriptEngine engine, String source) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, source));
    }

    private static void awaitPrinted(RunningScript script, String... lines) {
        await().atMost(Duration.ofSeconds(30)).until(() -> script.host.printedTexts().equals(List.of(lines)));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void waitsAndGivesTrue(LuaScriptEngine engine) throws Exception {
        try (RunningScript script = load(engine, RELOAD)) {
            Promise<Void> loaded = Promise.promise();
            script.host.reloaded = loaded.future();
            script.reload();
            awaitPrinted(script, "begin");

            loaded.complete();

            awaitPrinted(script, "begin", "true nil");
            assertThat(script.host.reloads).hasValue(1);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void givesNilAndWhatWentWrong(LuaScriptEngine engine) throws Exception {
        try (RunningScript script = load(engine, RELOAD)) {
            script.host.reloaded = Future.failedFuture(new ScriptException("x.lua:3: no"));
            script.reload();

            awaitPrinted(script, "begin", "nil x.lua:3: no");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void isNotForHandlersOfClients(LuaScriptEngine engine) throws Exception {
        try (RunningScript script = load(engine, """
                                                 mysql_listen('@x', {
                                                     on_connect = function(client)
                                                         local ok, message = pcall(reload_config)
                                                         print(message)
                                                     end,
                                                     on_handshake_response = function() end,
                                                 })
                                                 """)) {
            assertThat(script.connect(script.unixClient(0))).isEqualTo(new Decision.Proceed());

            assertThat(script.host.printedTexts()).singleElement().asString()
                    .contains("reload_config can't be called by the handler of a client: call it in reload()");
            assertThat(script.host.reloads).hasValue(0);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void isNotForTheConfigurationItself(LuaScriptEngine engine) {
        assertThat(RunningScript.failure(engine, RunningScript.write(directory, "\nreload_config()")))
                .endsWith("config.lua:2: reload_config can't be called while the configuration loads:"
                        + " call it in reload()");
    }
}
