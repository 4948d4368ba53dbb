package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that hang, step by step. */
class HealthCheckTimeoutTest {

    private final Checks checks = new Checks();

    @AfterEach
    void stop() {
        checks.close();
    }

    @Test
    void hangsBeforeTheGreeting() throws Exception {
        hangs(ServerConnection::expectEnd, CheckSettings.GREETING, "waiting for the greeting");
    }

    @Test
    void closingEndsTheChecksThatAreUnderWay() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), ServerConnection::stall)) {
            Checks.Running check = checks.begin(server.address(), CheckSettings.GREETING);
            Awaitility.await().until(() -> server.active() == 1);
            check.probe().close();
            assertThat(check.result().reason()).isEqualTo("No longer checked");
            Awaitility.await().until(() -> server.active() == 0);
        }
    }

    @Test
    void hangsInTheLogin() throws Exception {
        hangs(c -> {
            c.greet();
            c.readLogin();
            c.expectEnd();
        }, Checks.LOGIN, "logging in");
    }

    @Test
    void hangsInFullAuthentication() throws Exception {
        hangs(c -> {
            c.greet(c.greeting().withPlugin("caching_sha2_password"));
            c.readLogin();
            c.authMore((byte) 4);
            c.expect((byte) 2);
            c.expectEnd();
        }, Checks.LOGIN, "logging in");
    }

    @Test
    void hangsInAnAnswer() throws Exception {
        hangs(c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.definitions(List.of("v"));
            c.raw((byte) 5, (byte) 0);
            c.expectEnd();
        }, Checks.readOnly(), "waiting for the answer to SELECT @@global.read_only");
    }

    @Test
    void hangsWhenTheConnectionDoesNotComeToStand() throws Exception {
        // A Unix socket with a full backlog: nobody accepts.
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path path = Files.createTempDirectory("myproxy-check-").resolve("s");
            listener.bind(UnixDomainSocketAddress.of(path), 1);
            List<SocketChannel> waiting = new ArrayList<>();
            try {
                fill(path, waiting);
                CheckResult result = checks.check(Endpoints.unix(path),
                        Checks.within(Duration.ofMillis(300), CheckSettings.GREETING));
                assertThat(result.state()).isEqualTo(NodeState.DEAD);
                assertThat(result.reason()).isEqualTo("Timeout after 0.3 s while connecting");
            } finally {
                for (SocketChannel channel : waiting) {
                    channel.close();
                }
                Files.delete(path);
                Files.delete(Objects.requireNonNull(path.getParent()));
            }
        }
    }

    private static void fill(Path path, List<SocketChannel> waiting)
            throws IOException {
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            waiting.add(channel);
            channel.configureBlocking(false);
            try {
                if (!channel.connect(UnixDomainSocketAddress.of(path))) {
                    return;
                }
            } catch (IOException _) {
                return;
            }
        }
    }

    /** Where nothing hangs before the step, a longer limit helps a slow machine to come that far. */
    private void hangs(FakeServer.Script script, CheckSettings settings, String step) throws Exception {
        CheckResult result = null;
        for (String seconds : List.of("0.3", "3", "20")) {
            Duration limit = Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
            result = checks.check(script, Checks.within(limit, settings));
            assertThat(result.state()).isEqualTo(NodeState.DEAD);
            assertThat(result.reason()).startsWith("Timeout after " + seconds + " s while ");
            assertThat(result.took()).isGreaterThanOrEqualTo(limit);
            if (result.reason().endsWith(step)) {
                return;
            }
        }
        assertThat(Objects.requireNonNull(result).reason()).endsWith(step);
    }
}
