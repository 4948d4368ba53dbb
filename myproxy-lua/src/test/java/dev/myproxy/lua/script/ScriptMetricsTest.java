package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import java.time.Duration;
import java.util.Optional;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus reads of a script's metrics. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class ScriptMetricsTest {

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    ScriptMetricsTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private String scrape(String source) throws Exception {
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory,
                source + "\nmysql_listen('@x', {on_handshake_response = print})"))) {
            return ((PrometheusMeterRegistry) script.host.meters).scrape();
        }
    }

    @Test
    void eachKindHasItsForm() throws Exception {
        String text = scrape("""
                             local logins = metrics.counter('logins_total', 'Logins by result', {'result'})
                             logins:inc(1, {result = 'ok'})
                             logins:inc(2, {result = 'ok'})
                             logins:inc(1, {result = 'a"b'})
                             metrics.counter('never', 'Not counted yet')
                             local level = metrics.gauge('level', 'A level')
                             level:set(5)
                             level:dec(7)
                             local seconds = metrics.histogram('login_seconds', 'Durations', {}, {0.1, 1})
                             seconds:observe(0.05)
                             seconds:observe(0.5)
                             seconds:observe(3)
                             """);

        assertThat(text.lines()).contains("# HELP logins_total Logins by result", "# TYPE logins_total counter",
                "logins_total{result=\"ok\"} 3.0", "logins_total{result=\"a\\\"b\"} 1.0", "never_total 0.0",
                "# TYPE level gauge", "level -2.0", "# TYPE login_seconds histogram",
                "login_seconds_bucket{le=\"0.1\"} 1", "login_seconds_bucket{le=\"1.0\"} 2",
                "login_seconds_bucket{le=\"+Inf\"} 3", "login_seconds_count 3", "login_seconds_sum 3.55");
    }

    @Test
    void showsHowManyHandlersWait() throws Exception {
        try (RunningScript script = RunningScript.load(engine, RunningScript.write(directory,
                "mysql_listen('@x', {on_handshake_response = function() sleep(3600) end})"))) {
            ScriptClient client = script.tcpClient();
            var _ = script.ask(new ScriptEvent.HandshakeResponse(client, ByteString.of("joe"),
                    Secret.wrap(new byte[]{'x'}), Optional.empty()));

            awaitWaiting(script, 1);
            script.gone(client);
            awaitWaiting(script, 0);
        }
    }

    private static void awaitWaiting(RunningScript script, int expected) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                script.host.meters.get("myproxy.lua.coroutines.waiting").gauge().value()).isEqualTo(expected));
    }

    @Test
    void showsErrorsOfEachHandlerBeforeThereIsOne() throws Exception {
        assertThat(scrape("").lines()).contains("myproxy_lua_errors_total{handler=\"on_connect\"} 0.0",
                "myproxy_lua_errors_total{handler=\"reload\"} 0.0");
    }

    @Test
    void whatAClientChoosesCanNotMakeSeriesWithoutEnd() throws Exception {
        String text = scrape("""
                             local c = metrics.counter('queries', 'By user', {'user'})
                             for i = 1, 5000 do c:inc(1, {user = 'user' .. i}) end
                             c:inc(1, {user = 'user1'})
                             c:inc(1, {user = ('x'):rep(1e6)})
                             """);

        assertThat(text.lines().filter(line -> line.startsWith("queries_total{"))).hasSize(1001)
                .contains("queries_total{user=\"user1\"} 2.0", "queries_total{user=\"other\"} 4001.0");
    }
}
