package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FaultRelay;
import dev.myproxy.peers.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon in front of three MariaDB servers that replicate, and what may happen to them. The servers have the ids 1 to
 * 3; the first is the primary when a test begins. The way to the third one can be cut.
 */
@OwnServers
class ClusterIT {

    private static final int CLIENTS = 200;

    private static final Deque<Closeable> TO_CLOSE = new ArrayDeque<>();

    @TempDir
    private static Path directory;

    private static ReplicatedMariaDb servers;
    private static FaultRelay wayToThird;
    private static ClusterProxy proxy;

    @BeforeAll
    static void startAll() throws IOException, InterruptedException {
        servers = ReplicatedMariaDb.start(3);
        TO_CLOSE.push(servers);
        wayToThird = FaultRelay.start(Endpoints.tcp(0), servers.address(2), Map.of());
        TO_CLOSE.push(wayToThird);
        List<Address> nodes = List.of(servers.address(0), servers.address(1), wayToThird.address());
        proxy = ClusterProxy.start(List.of(), directory, nodes, "no_read_only = true, interval = 0.2, timeout = 5");
        TO_CLOSE.push(proxy);
        proxy.awaitStates("alive read_only read_only");
        theFirstClientIsOfferedWhatHealthChecksSaw();
    }

    private static void theFirstClientIsOfferedWhatHealthChecksSaw() throws IOException {
        long offered;
        try (RawClient direct = RawClient.connect(servers.address(0))) {
            offered = direct.greeting().mariadbCapabilities();
        }
        assertThat(offered).isPositive();
        Awaitility.await("greeting").atMost(ClusterProxy.PATIENCE).untilAsserted(() -> {
            try (RawClient first = RawClient.connect(proxy.address())) {
                assertThat(first.greeting().mariadbCapabilities()).isEqualTo(offered);
            }
        });
    }

    @AfterAll
    static void stopAll() throws IOException {
        for (Closeable each : TO_CLOSE) {
            each.close();
        }
        TO_CLOSE.clear();
    }

    @AfterEach
    void nothingUnexpectedWasMet() {
        assertThat(proxy.process().log()).noneMatch(line -> line.contains("Exception") || line.contains("LEAK"));
    }

    @BeforeEach
    void allIsWell() throws IOException, InterruptedException {
        wayToThird.stall(false);
        for (int node = 0; node < 3; node++) {
            if (!servers.server(node).process().isAlive()) {
                servers.server(node).restart();
            }
        }
        servers.promote(0);
        proxy.awaitStates("alive read_only read_only");
    }

    @Test
    void writersGoToThePrimaryAndReadersToReplicas() throws IOException {
        Set<Integer> writers = new TreeSet<>();
        Set<Integer> readers = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            writers.add(proxy.serverOf("writer" + i));
            readers.add(proxy.serverOf("reader" + i));
        }
        assertThat(writers).containsExactly(1);
        assertThat(readers).containsExactly(2, 3);

        try (var writer = proxy.loggedIn("writer")) {
            writer.query("CREATE OR REPLACE TABLE app.t (a INT)").good();
            writer.query("INSERT INTO app.t VALUES (42)").good();
        }
        try (var reader = proxy.loggedIn("reader")) {
            Awaitility.await("replication").atMost(ClusterProxy.PATIENCE).ignoreExceptions()
                    .until(() -> reader.query("SELECT a FROM app.t").value().equals("42"));
            assertThat(reader.query("INSERT INTO app.t VALUES (43)").err().message()).contains("read-only");
        }
    }

    @Test
    void anotherServerBecomesThePrimary() throws IOException {
        List<ReturningClient> clients = proxy.clients("writer", CLIENTS);
        List<ReturningClient> readers = proxy.clients("reader", 20);

        long began = System.nanoTime();
        servers.promote(1);
        awaitAllAt(clients, 2);
        report("another server has become the primary", began);
        proxy.awaitStates("read_only alive read_only");
        long known = System.nanoTime();

        assertThat(clients).allSatisfy(client -> assertThat(client.errors())
                .contains(new Err(1047, "08S01", "Node is unavailable")));
        for (int i = 0; i < 20; i++) {
            assertThat(proxy.serverOf("another" + i)).isEqualTo(2);
            assertThat(proxy.serverOf("reader" + i)).isIn(1, 3);
        }
        assertThat(clients).allSatisfy(client -> assertThat(client.visits())
                .noneMatch(visit -> visit.readOnly() && visit.beganNanos() > known));
        assertThat(readers).allMatch(client -> client.now().isPresent());
        proxy.dismiss(clients);
        proxy.dismiss(readers);
    }

    @Test
    void noServerTakesWritesForAWhile() throws IOException {
        List<ReturningClient> before = proxy.clients("writer", 10);

        servers.server(0).execute("SET GLOBAL read_only = ON");
        proxy.awaitStates("read_only read_only read_only");
        List<ReturningClient> meanwhile = proxy.clients("another", 20);
        assertThat(meanwhile).anyMatch(client -> client.isAt(2)).anyMatch(client -> client.isAt(3));
        servers.server(0).execute("SET GLOBAL read_only = OFF");
        awaitAllAt(meanwhile, 1);

        assertThat(before).as("there was no better server").allSatisfy(client -> {
            assertThat(client.visits()).hasSize(1);
            assertThat(client.errors()).isEmpty();
        });
        proxy.dismiss(before);
        proxy.dismiss(meanwhile);
    }

    @Test
    void thePrimaryIsKilled() throws IOException, InterruptedException {
        List<ReturningClient> clients = proxy.clients("writer", CLIENTS);

        long began = System.nanoTime();
        servers.server(0).kill();
        servers.promote(1);
        awaitAllAt(clients, 2);
        report("the primary was killed and a replica promoted", began);
        proxy.awaitStates("dead alive read_only");

        servers.server(0).restart();
        proxy.awaitStates("read_only alive read_only");
        for (int i = 0; i < 20; i++) {
            assertThat(proxy.serverOf("another" + i)).as("the old primary takes no writes").isEqualTo(2);
        }
        assertThat(clients).allMatch(client -> client.isAt(2));
        proxy.dismiss(clients);
    }

    @Test
    void thePrimaryHangs() throws IOException, InterruptedException {
        List<ReturningClient> clients = proxy.clients("writer", 20);

        servers.server(0).process().signal("STOP");
        try {
            servers.server(1).execute("STOP ALL SLAVES", "RESET SLAVE ALL", "SET GLOBAL read_only = OFF");
            long began = System.nanoTime();
            awaitAllAt(clients, 2);
            report("the primary was stopped (SIGSTOP) and a replica promoted", began);
            proxy.awaitStates("dead alive read_only");
            assertThat(proxy.process().log()).anyMatch(line -> line.contains("[check/" + servers.address(0) + "] ")
                    && line.contains("Timeout after 5 s while waiting for the greeting (alive -> dead"));
            assertThat(clients).allSatisfy(client -> assertThat(client.errors())
                    .contains(new Err(1047, "08S01", "Node is unavailable")));
        } finally {
            servers.server(0).process().signal("CONT");
        }
        proxy.dismiss(clients);
    }

    @Test
    void aReplicaIsShutDown() throws IOException, InterruptedException {
        List<ReturningClient> writers = proxy.clients("writer", 20);
        List<ReturningClient> readers = proxy.clients("reader", CLIENTS);
        assertThat(readers).anyMatch(client -> client.isAt(2)).anyMatch(client -> client.isAt(3));

        long began = System.nanoTime();
        servers.server(1).process().signal("TERM");
        awaitAllAt(readers, 3);
        report("one of two replicas was shut down", began);
        servers.server(1).process().waitForEnd();
        proxy.awaitStates("alive dead read_only");

        assertThat(writers).allSatisfy(client -> assertThat(client.visits()).hasSize(1));
        proxy.dismiss(writers);
        proxy.dismiss(readers);
    }

    @Test
    void aReplicaFallsBehind(@TempDir Path other) throws IOException {
        try (ClusterProxy strict = ClusterProxy.start(List.of(), other, List.of(servers.address(0), servers.address(1)),
                "no_read_only = true, interval = 0.2, timeout = 5, max_lag = 1")) {
            strict.awaitStates("alive read_only");
            assertThat(strict.serverOf("reader")).isEqualTo(2);

            servers.server(1).execute("STOP SLAVE", "CHANGE MASTER TO MASTER_DELAY = 3600", "START SLAVE");
            servers.server(0).execute("CREATE OR REPLACE TABLE app.late (a INT)");

            strict.awaitStates("alive dead");
            Awaitility.await("lag").atMost(ClusterProxy.PATIENCE).untilAsserted(() -> assertThat(strict.reasons())
                    .matches("ok replica is \\d+ s behind \\(max_lag 1 s\\)"));
            assertThat(strict.serverOf("reader")).isEqualTo(1);
        }
    }

    @Test
    void theWayToAReplicaIsCut() throws IOException {
        List<ReturningClient> readers = proxy.clients("reader", 20);
        List<ReturningClient> cutOff = readers.stream().filter(client -> client.isAt(3)).toList();
        assertThat(cutOff).isNotEmpty();

        wayToThird.stall(true);
        // Before any check has found out: each login goes on to the next server when this one does not greet in time.
        for (int i = 0; i < 3; i++) {
            assertThat(proxy.serverOf("reader" + i)).isIn(1, 2);
        }
        awaitAllAt(cutOff, 2);
        proxy.awaitStates("alive read_only dead");
        assertThat(cutOff).allSatisfy(client -> assertThat(client.errors())
                .contains(new Err(1047, "08S01", "Node is unavailable")));

        wayToThird.stall(false);
        proxy.awaitStates("alive read_only read_only");
        proxy.dismiss(readers);
    }

    private static void awaitAllAt(List<ReturningClient> clients, int server) {
        Awaitility.await("all clients at server " + server).atMost(ClusterProxy.PATIENCE)
                .pollInterval(java.time.Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(clients).allMatch(client -> client.isAt(server)));
    }

    /** The manual has these figures. */
    private static void report(String event, long beganNanos) {
        System.out.printf("ClusterIT: after %s all clients were back within %d ms%n", event,
                (System.nanoTime() - beganNanos) / 1_000_000);
    }
}
