package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes for clusters, with real servers that replicate, and with the rights for health checks that the recipes ask
 * for. The servers have the ids 1 to 3; the first one is the primary.
 */
@OwnServers
class ClusterRecipesIT {

    private static final Path RECIPES = Path.of(System.getProperty("basedir", "."), "..", "conf", "recipes");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "geheim";

    private static ReplicatedMariaDb servers;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServers() throws IOException, InterruptedException {
        servers = ReplicatedMariaDb.start(3);
        for (int node = 0; node < 3; node++) {
            servers.server(node).execute("SET sql_log_bin = 0", "CREATE USER myproxy IDENTIFIED BY '" + PASSWORD + "'",
                    "GRANT REPLICA MONITOR ON *.* TO myproxy", "CREATE USER app_ro IDENTIFIED BY '" + PASSWORD + "'");
        }
    }

    @AfterAll
    static void stopServers() throws IOException {
        servers.close();
    }

    @BeforeEach
    void theFirstIsThePrimary() throws IOException {
        servers.promote(0);
    }

    /** A recipe at work, its listener and servers replaced by those of this test, which has no time to lose. */
    private ProxyProcess run(String recipe) throws IOException {
        String configuration = Files.readString(RECIPES.resolve(recipe + ".lua"))
                .replace("/run/myproxy/socket", directory.resolve("s").toString())
                .replaceAll("interval = \\d+", "interval = 0.2");
        for (int node = 0; node < 3; node++) {
            configuration = configuration.replace("'10.0.0." + (node + 1) + "'", "'" + servers.address(node) + "'");
        }
        return ProxyProcess.startWith("MYPROXY_CHECK_PASSWORD", PASSWORD, directory, configuration);
    }

    private Packet tryLogin(String user) throws IOException {
        try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
            return client.limit(PATIENCE).tryLogin(Login.clear(user, PASSWORD));
        }
    }

    /** The id of the server that a user comes to. */
    private int serverOf(String user) throws IOException {
        try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
            client.limit(PATIENCE).login(Login.clear(user, PASSWORD));
            return Integer.parseInt(client.query("SELECT @@server_id").value());
        }
    }

    /** Waits; a session that ends meanwhile because its server has fallen behind or changed its role is none. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class);
    }

    private void awaitServer(String user, int id) {
        await().untilAsserted(() -> assertThat(serverOf(user)).isEqualTo(id));
    }

    @Test
    void readersGoToReplicasAsLongAsTheseKeepUp() throws Exception {
        try (ProxyProcess proxy = run("read-write-split")) {
            awaitServer("app", 1);
            await().untilAsserted(() -> assertThat(serverOf("app_ro")).isNotEqualTo(1));

            int before = serverOf("app_ro");
            servers.server(1).execute("STOP SLAVE SQL_THREAD");
            servers.server(2).execute("STOP SLAVE SQL_THREAD");
            awaitServer("app_ro", 1);

            servers.server(1).execute("START SLAVE SQL_THREAD");
            servers.server(2).execute("START SLAVE SQL_THREAD");
            awaitServer("app_ro", before);
            assertThat(serverOf("app")).isEqualTo(1);
            assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
        }
    }

    @Test
    void clientsReadThatThereIsNoPrimaryUntilThereIsOne() throws Exception {
        try (ProxyProcess proxy = run("failover-primary")) {
            awaitServer("app", 1);

            servers.server(0).execute("SET GLOBAL read_only = ON");
            await().until(() -> tryLogin("app").isErr());
            assertThat(tryLogin("app").err().message()).contains("takes no writes at the moment");

            servers.promote(1);
            await().until(() -> tryLogin("app").isOk());
            assertThat(serverOf("app")).isEqualTo(2);
            assertThat(proxy.log()).anyMatch(line -> line.startsWith("node " + servers.address(0) + " is read_only"))
                    .noneMatch(line -> line.contains("Exception"));
        }
    }
}
