package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What scripts see of clusters that are watched; a script plays the servers. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class ScriptClustersTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String CONFIGURATION = """
                                                cluster = mysql_cluster({'10.0.0.1', '10.0.0.2'},
                                                    {monitoring = true, interval = 0.1, name = 'shop'})
                                                cluster:on_change(function(node)
                                                    print(node.address, node.from, node.to, node.reason)
                                                end)
                                                mysql_listen('@x', {
                                                    on_connect = function()
                                                        for _, node in ipairs(cluster:nodes()) do
                                                            print(node.address, node.state, node.reason, node.check_seconds,
                                                                node.lag_seconds, node.since > 1e9)
                                                        end
                                                        print(cluster:state('10.0.0.2'))
                                                    end,
                                                    on_handshake_response = function(client, login)
                                                        client.account = login.user
                                                        return client:connect(cluster, login, {read_only = true})
                                                    end,
                                                })
                                                """;

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;
    private final ScriptedClusters servers = new ScriptedClusters();

    ScriptClustersTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String configuration) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, configuration), servers::outside);
    }

    @Test
    void functionsAreToldOfEachChange() throws Exception {
        try (RunningScript script = load(CONFIGURATION)) {
            awaitPrinted(script, "10.0.0.1:3306\tunknown\talive\tok", "10.0.0.2:3306\tunknown\talive\tok");

            servers.set("10.0.0.2:3306", NodeState.DEAD, "Connection refused");

            awaitPrinted(script, "10.0.0.2:3306\talive\tdead\tConnection refused");
            assertThat(script.host.errors).isEmpty();
        }
    }

    @Test
    void nodesAreShownAsTheLastCheckFoundThem() throws Exception {
        try (RunningScript script = load(CONFIGURATION)) {
            servers.set("10.0.0.2:3306", NodeState.READ_ONLY, "read only");
            awaitPrinted(script, "10.0.0.1:3306\tunknown\talive\tok");
            await().atMost(LONG).until(() -> script.host.printedTexts().stream()
                    .anyMatch(line -> line.endsWith("\tread_only\tread only")));

            script.connect(script.tcpClient());

            awaitPrinted(script, "10.0.0.1:3306\talive\tok\t0.005\tnil\ttrue",
                    "10.0.0.2:3306\tread_only\tread only\t0.005\t3\ttrue", "read_only");
        }
    }

    @Test
    void theClusterIsWhatTheDecisionConnectsTo() throws Exception {
        servers.set("10.0.0.2:3306", NodeState.READ_ONLY, "read only");
        try (RunningScript script = load(CONFIGURATION)) {
            await().atMost(LONG).until(() -> servers.checks("10.0.0.2:3306") > 1);
            ScriptClient client = script.tcpClient();

            Decision decision = script.login(client, "joe", "secret");

            assertThat(decision).isInstanceOfSatisfying(Decision.Connect.class, connect -> {
                assertThat(connect.options().readOnly()).isTrue();
                assertThat(connect.upstream().candidates(client.account().orElseThrow(), connect.options().readOnly())
                        .await()
                        .next().orElseThrow()).hasToString("10.0.0.2:3306");
            });
        }
    }

    @Test
    void nothingIsCheckedBeforeTheConfigurationIsComplete() throws Exception {
        try (RunningScript script = load(CONFIGURATION + "sleep(0.3)\nprint(cluster:state('10.0.0.1'))")) {
            awaitPrinted(script, "unknown", "10.0.0.1:3306\tunknown\talive\tok");
            assertThat(script.host.printedTexts().getFirst()).isEqualTo("unknown");
        }
    }

    @Test
    void theSameClusterIsWatchedOnceAndAlsoIfAHandlerMakesIt() throws Exception {
        try (RunningScript script = load(
                """
                local function make(timeout)
                    return mysql_cluster({'10.0.0.1'}, {monitoring = true, interval = 3600, timeout = timeout})
                end
                make(5)
                mysql_listen('@x', {
                    on_connect = function(client)
                        make(5)
                        make(6):on_change(function(node) print('six', node.to) end)
                    end,
                    on_handshake_response = function() end,
                })
                """)) {
            await().atMost(LONG).until(() -> servers.checks("10.0.0.1:3306") == 1);

            script.connect(script.tcpClient());

            awaitPrinted(script, "six\talive");
            assertThat(servers.checks("10.0.0.1:3306")).isEqualTo(2);
        }
    }

    @Test
    void anErrorInAFunctionIsLoggedAndCountedAndTheNextChangeIsTold() throws Exception {
        try (RunningScript script = load(
                """
                local cluster = mysql_cluster({'10.0.0.1'}, {monitoring = true, interval = 0.1})
                cluster:on_change(function(node)
                    if node.to == 'alive' then error('boom') end
                    sleep(0.01)
                    print(node.to)
                end)
                mysql_listen('@x', {on_handshake_response = function() end})
                """)) {
            await().atMost(LONG).until(() -> !script.host.errors.isEmpty());
            assertThat(script.host.errors.getFirst()).contains("Lua error in on_change: ", "boom");
            assertThat(script.host.meters.counter("myproxy.lua.errors", "handler", "on_change").count()).isEqualTo(1);

            servers.set("10.0.0.1:3306", NodeState.DEAD, "gone");

            awaitPrinted(script, "dead");
        }
    }

    @Test
    void changesAreToldInTheirOrderOneAfterTheOther() throws Exception {
        try (RunningScript script = load(
                """
                local cluster = mysql_cluster({'10.0.0.1'}, {monitoring = true, interval = 0.1})
                local busy = false
                cluster:on_change(function(node)
                    print(busy and 'two at once' or node.from .. ' ' .. node.to)
                    busy = true
                    sleep(0.5)
                    busy = false
                end)
                mysql_listen('@x', {on_handshake_response = function() end})
                """)) {
            awaitPrinted(script, "unknown alive");
            servers.set("10.0.0.1:3306", NodeState.READ_ONLY, "read only");
            awaitChecks(2);
            servers.set("10.0.0.1:3306", NodeState.DEAD, "gone");

            awaitPrinted(script, "unknown alive", "alive read_only", "read_only dead");
            assertThat(script.host.printedTexts()).containsExactly("unknown alive", "alive read_only",
                    "read_only dead");
        }
    }

    @Test
    void aClusterThatIsClosedIsForgotten() throws Exception {
        try (RunningScript script = load(
                """
                local cluster
                function reload()
                    local new = mysql_cluster({'10.0.0.1'}, {monitoring = true, interval = 0.1})
                    new:on_change(function() end)
                    print('made')
                    if cluster then
                        cluster:close()
                        cluster:close()
                        print('closed', cluster:state('10.0.0.1'),
                            pcall(cluster.on_change, cluster, print))
                    end
                    cluster = mysql_cluster({'10.0.0.1'}, {monitoring = true, interval = 0.1})
                    print(cluster == new and 'the same' or 'another one')
                end
                mysql_listen('@x', {on_handshake_response = function() end})
                """)) {
            script.reload();
            awaitPrinted(script, "the same");
            await().atMost(LONG).until(() -> servers.checks("10.0.0.1:3306") > 1);
            script.host.printed.clear();

            script.reload();

            await().atMost(LONG).untilAsserted(() -> assertThat(script.host.printedTexts()).startsWith("made")
                    .anyMatch(line -> line.startsWith("closed\talive\tfalse\t")
                            && line.endsWith("the cluster is closed"))
                    .last().isEqualTo("another one"));
            int before = servers.checks("10.0.0.1:3306");
            await().atMost(LONG).until(() -> servers.checks("10.0.0.1:3306") > before + 1);
        }
    }

    private void awaitChecks(int more) {
        int before = servers.checks("10.0.0.1:3306");
        await().atMost(LONG).until(() -> servers.checks("10.0.0.1:3306") >= before + more);
    }

    private static void awaitPrinted(RunningScript script, String... lines) {
        await().atMost(LONG).untilAsserted(() -> assertThat(script.host.printedTexts()).containsAll(List.of(lines)));
    }
}
