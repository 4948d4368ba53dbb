package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Secret;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.cluster.check.HealthCheck;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.transport.Transport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Health checks of a real MariaDB server. */
class HealthCheckIT {

    private static final Optional<CheckSettings.Login> MONITOR = login("monitor", "geheim");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static EmbeddedMariaDb db;

    private final Vertx vertx = Vertx.builder().withTransport(Transport.preferred()).build();

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        db = EmbeddedMariaDb.start("--server-id=7");
        db.execute("CREATE USER monitor IDENTIFIED BY 'geheim'", "CREATE USER limited IDENTIFIED BY 'geheim'"
                + " WITH MAX_USER_CONNECTIONS 1", "CREATE USER replication IDENTIFIED BY 'geheim'",
                "GRANT SLAVE MONITOR ON *.* TO replication");
    }

    @AfterAll
    static void stopServer() throws IOException {
        db.close();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static Optional<CheckSettings.Login> login(String user, String password) {
        return Optional.of(new CheckSettings.Login(ByteString.of(user),
                Secret.wrap(password.getBytes(StandardCharsets.UTF_8))));
    }

    private static CheckSettings settings(Optional<CheckSettings.Login> login, boolean readOnly, String query,
            int maxLagSeconds, boolean galera, boolean groupReplication) {
        return new CheckSettings(login, readOnly, Optional.of(ByteString.of(query)).filter(sql -> !sql.isEmpty()),
                Optional.of(Duration.ofSeconds(maxLagSeconds)).filter(Duration::isPositive), galera, groupReplication,
                TIMEOUT);
    }

    private CheckResult check(CheckSettings settings) {
        return check(db.tcp(), settings);
    }

    private CheckResult check(Address server, CheckSettings settings) {
        return new HealthCheck(vertx, Transport.quiet(vertx), settings).check(server).await();
    }

    @Test
    void readOnly() throws IOException {
        CheckSettings settings = settings(MONITOR, true, "", 0, false, false);
        assertThat(check(settings)).extracting(CheckResult::state, CheckResult::reason).containsExactly(NodeState.ALIVE,
                "ok");
        try {
            db.execute("SET GLOBAL read_only = ON");
            assertThat(check(settings)).extracting(CheckResult::state, CheckResult::reason)
                    .containsExactly(NodeState.READ_ONLY, "read only");
            assertThat(check(db.socket(), settings).state()).isEqualTo(NodeState.READ_ONLY);
        } finally {
            db.execute("SET GLOBAL read_only = OFF");
        }
    }

    @Test
    void checkQuery() {
        assertThat(check(settings(MONITOR, false, "SELECT @@global.server_id = 7", 0, false, false)).state())
                .isEqualTo(NodeState.ALIVE);
        assertThat(check(settings(MONITOR, false, "SELECT @@global.server_id = 8", 0, false, false)).reason())
                .isEqualTo("The check query gives \"0\"");
        assertThat(check(settings(MONITOR, false, "SELECT * FROM nowhere.nothing", 0, false, false)).reason())
                .startsWith("The check query failed: SELECT command denied to user 'monitor'");
    }

    @Test
    void lag() throws IOException {
        CheckSettings settings = settings(login("replication", "geheim"), true, "", 10, false, false);
        CheckResult none = check(settings);
        assertThat(none.state()).isEqualTo(NodeState.ALIVE);
        assertThat(none.lag()).contains(Duration.ZERO);
        assertThat(check(settings(MONITOR, false, "", 10, false, false)).reason())
                .startsWith("SHOW ALL REPLICAS STATUS failed: Access denied")
                .contains("SLAVE MONITOR");
        try {
            db.execute("CHANGE MASTER 'east' TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'x'");
            assertThat(check(settings).state()).as("stopped").isEqualTo(NodeState.ALIVE);
            db.execute("START SLAVE 'east'");
            Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(check(settings).reason())
                    .startsWith(
                            "replication of channel \"east\" does not run: IO thread Connecting, SQL thread Yes: "));
        } finally {
            db.execute("STOP ALL SLAVES", "RESET SLAVE 'east' ALL");
        }
    }

    @Test
    void isNoMemberOfAnything() {
        assertThat(check(settings(MONITOR, false, "", 0, true, false)).reason()).contains("Galera");
        assertThat(check(settings(MONITOR, false, "", 0, false, true)).state()).isEqualTo(NodeState.DEAD);
    }

    @Test
    void aWrongPassword() {
        CheckResult result = check(settings(login("monitor", "wrong"), false, "", 0, false, false));

        assertThat(result.state()).isEqualTo(NodeState.AUTH_FAILED);
        assertThat(result.reason()).startsWith("Authentication error: Access denied for user 'monitor'@")
                .doesNotContain("wrong");
    }

    @Test
    void tooManyConnections() throws IOException, InterruptedException {
        try (EmbeddedMariaDb small = EmbeddedMariaDb.start("--max-connections=10")) {
            small.execute("CREATE USER monitor IDENTIFIED BY 'geheim'", "CREATE USER limited IDENTIFIED BY 'geheim'"
                    + " WITH MAX_USER_CONNECTIONS 1");
            CheckSettings limited = settings(login("limited", "geheim"), false, "", 0, false, false);
            try (RawClient only = RawClient.connect(small.tcp())) {
                only.loginNative(dev.myproxy.peers.Login.clear("limited", ""), "geheim");
                assertThat(check(small.tcp(), limited).state()).isEqualTo(NodeState.OVERLOADED);
            }
            List<RawClient> all = new ArrayList<>();
            try {
                for (int i = 0; i < 11; i++) {
                    all.add(small.root());
                }
                assertThat(check(small.tcp(), CheckSettings.GREETING).reason())
                        .isEqualTo("overloaded: Too many connections");
                assertThat(check(small.tcp(), settings(MONITOR, true, "", 0, false, false)).state())
                        .isEqualTo(NodeState.OVERLOADED);
            } finally {
                for (RawClient client : all) {
                    client.close();
                }
            }
        }
    }

    @Test
    void leavesWithoutATrace() throws IOException {
        try (RawClient root = db.root()) {
            int before = aborted(root);
            for (int i = 0; i < 5; i++) {
                assertThat(check(settings(MONITOR, true, "SELECT 1", 0, false, false)).state())
                        .isEqualTo(NodeState.ALIVE);
            }
            assertThat(aborted(root)).isEqualTo(before);
            db.root().close();
            Awaitility.await().atMost(TIMEOUT).untilAsserted(
                    () -> assertThat(aborted(root)).as("a client that just closes").isEqualTo(before + 1));
        }
    }

    /** How many connections have ended without COM_QUIT, once no other connection is left. */
    private static int aborted(RawClient root) {
        Awaitility.await().atMost(TIMEOUT).until(() -> root.query("SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                + " WHERE USER NOT IN ('system user', 'event_scheduler')").value().equals("1"));
        try {
            return Integer.parseInt(root.query("SELECT SUM(VARIABLE_VALUE) FROM information_schema.GLOBAL_STATUS"
                    + " WHERE VARIABLE_NAME IN ('ABORTED_CLIENTS', 'ABORTED_CONNECTS')").value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Servers keep no book about clients from the loopback interface, nor without looking for the names of hosts. */
    @Test
    void isNotBlockedForChecksWithoutAnAccount() throws Exception {
        InetAddress here = addressOfThisHost().orElseGet(() -> Assumptions.abort(
                "no network interface but loopback, or the name service does not answer"));
        try (EmbeddedMariaDb strict = EmbeddedMariaDb.start("--bind-address=" + here.getHostAddress(),
                "--skip-name-resolve=OFF", "--performance-schema=ON", "--max-connect-errors=3")) {
            strict.execute("CREATE USER somebody IDENTIFIED BY 'geheim'");
            Address server = new Address.Inet(new InetSocketAddress(here, strict.port()));
            for (int i = 0; i < 5; i++) {
                assertThat(check(server, CheckSettings.GREETING)).extracting(CheckResult::state, CheckResult::reason)
                        .containsExactly(NodeState.ALIVE, "ok");
            }
            Assumptions.assumeFalse(strict.value("SELECT COUNT(*) FROM performance_schema.host_cache").equals("0"),
                    "the server keeps no book about this host, since the name service does not answer it");
            assertThat(strict.value("SELECT SUM(SUM_CONNECT_ERRORS) FROM performance_schema.host_cache"))
                    .isEqualTo("0");
            for (int i = 0; i < 3; i++) {
                try (RawClient rude = RawClient.connect(server)) {
                    rude.readGreeting();
                }
            }
            Awaitility.await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(check(server, CheckSettings.GREETING).reason())
                            .startsWith("Connection rejected by server: Host '").contains("is blocked"));
        }
    }

    private static Optional<InetAddress> addressOfThisHost() throws Exception {
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (each.isUp() && !address.isLoopbackAddress() && address instanceof Inet4Address) {
                    Future<String> name = ForkJoinPool.commonPool().submit(address::getCanonicalHostName);
                    try {
                        name.get(2, TimeUnit.SECONDS);
                        return Optional.of(address);
                    } catch (TimeoutException _) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }
}
