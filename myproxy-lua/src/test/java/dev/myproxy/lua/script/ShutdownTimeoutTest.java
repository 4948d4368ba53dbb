package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code shutdown_timeout}, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class ShutdownTimeoutTest {

    private static final String LISTENER = "mysql_listen('@x', {on_handshake_response = function() end}) ";

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    ShutdownTimeoutTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String source) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, LISTENER + source));
    }

    @ParameterizedTest
    @CsvSource({"'', 60000", "shutdown_timeout = nil, 60000", "shutdown_timeout = 0, 0", "shutdown_timeout = 2.5, 2500",
            "shutdown_timeout = 86400, 86400000"})
    void isReadWhenTheConfigurationHasRun(String source, long millis) throws Exception {
        try (RunningScript script = load(source)) {
            assertThat(script.host.shutdownTimeouts).containsExactly(Duration.ofMillis(millis));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "86401", "'60'", "{}", "true", "0/0", "math.huge"})
    void anythingElseIsAMistake(String value) {
        assertThat(RunningScript.failure(engine,
                RunningScript.write(directory, LISTENER + "shutdown_timeout = " + value)))
                .isEqualTo("shutdown_timeout must be a number of seconds from 0 to 86400");
    }

    @Test
    void isReadAfterEachReload() throws Exception {
        try (RunningScript script = load("function reload() shutdown_timeout = (shutdown_timeout or 0) + 7 end")) {
            script.reload();
            await().until(() -> script.host.shutdownTimeouts.size() == 2);
            script.reload();

            await().untilAsserted(() -> assertThat(script.host.shutdownTimeouts).containsExactly(Duration.ofSeconds(60),
                    Duration.ofSeconds(7), Duration.ofSeconds(14)));
        }
    }

    @Test
    void aMistakeInReloadChangesNothing() throws Exception {
        try (RunningScript script = load("shutdown_timeout = 5 function reload() shutdown_timeout = 'x' end")) {
            script.reload();

            await().untilAsserted(() -> assertThat(script.host.errors)
                    .containsExactly("shutdown_timeout must be a number of seconds from 0 to 86400"));
            assertThat(script.host.shutdownTimeouts).containsExactly(Duration.ofSeconds(5));
        }
    }
}
