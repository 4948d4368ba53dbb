package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.script.ClientLimits;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code limits}, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LimitsTest {

    private static final String LISTENER = "mysql_listen('@x', {on_handshake_response = function() end}) ";

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LimitsTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    @Test
    void eachCallReplacesTheLimits() throws Exception {
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory, LISTENER
                + "limits{connections = 1000, per_account = 20, logins = 50} function reload() limits{logins = 7} end"))) {
            assertThat(script.host.limits)
                    .containsExactly(new ClientLimits(OptionalInt.of(1000), OptionalInt.of(20), OptionalInt.of(50)));

            script.reload();

            await().until(() -> script.host.limits.size() == 2);
            assertThat(script.host.limits.getLast())
                    .isEqualTo(new ClientLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(7)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"limits(); Invalid parameter count",
            "limits{connections = 0}; Bad 'connections' value: expected a whole number from 1 to 1000000",
            "limits{logins = 1.5}; Bad 'logins' value: expected a whole number from 1 to 1000000",
            "limits{per_account = '5'}; Bad 'per_account' value: expected a whole number from 1 to 1000000",
            "limits{connection = 5}; Unknown option \"connection\"; did you mean \"connections\"?",
            "limits(5); table expected"})
    void mistakesAreTold(String call, String message) {
        assertThat(RunningScript.failure(engine, RunningScript.write(directory, LISTENER + call))).contains(message)
                .startsWith(directory + "/config.lua:1: ");
    }
}
