package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener allows clients that have not logged in yet. */
class LoginLimitsTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Err TIMEOUT = new Err(1043, "08S01", "Login timeout");
    private static final Err TOO_MANY = new Err(1040, "", "Too many connections");

    private FakeServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private TestProxy proxy(ListenOptions options, Handler... handlers) {
        return TestProxy.start(new Handlers(1, Set.of(handlers), options),
                event -> TestProxy.connect(event, server.address()));
    }

    private static void assertRefused(Packet packet, int sequenceId, Err error) {
        assertThat(packet.sequence()).isEqualTo(sequenceId);
        assertThat(packet.err()).isEqualTo(error);
    }

    @Test
    void clientThatDripsIsSentAway() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().loginTimeout(SOON).build());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            byte[] response = PacketStream.frame(1, LOGIN.withAttributes(Map.of("a", "x".repeat(60_000))).write());
            int sent = 0;
            while (client.stream().isQuiet(Duration.ofMillis(20))) {
                client.stream().raw(response[sent++]);
            }

            assertThat(sent).isLessThan(response.length);
            await().until(() -> proxy.sessions().count() == 0);
        }
    }

    @Test
    void errorOfAClientThatStopsWithinItsAnswerFollowsThatAnswer() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().loginTimeout(SOON).build());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.stream().raw((byte) 100, (byte) 0, (byte) 0, (byte) 1, (byte) 0);

            assertRefused(client.stream().read(), 2, TIMEOUT);
            client.expectEnd();
        }
    }

    @Test
    void allAnswersOfALoginShareTheTime() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().loginTimeout(Duration.ofMillis(1500)).build());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            assertThat(client.stream().isQuiet(Duration.ofSeconds(1))).isTrue();
            long answered = System.nanoTime();
            client.sendLogin(LOGIN.withAuth("mysql_native_password", new byte[20]));

            assertThat(client.stream().read().first()).isEqualTo(0xfe);
            assertRefused(client.stream().read(), 3, TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - answered)).as("what is left of the time")
                    .isLessThan(Duration.ofMillis(1500));
        }
    }

    @Test
    void aLoginWithASwitchOfThePluginIsOverToo() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().loginTimeout(Duration.ofMillis(1500)).build());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.sendLogin(LOGIN.withAuth("dummy_fallback_auth", new byte[0]));
            assertThat(client.stream().read().first()).isEqualTo(0xfe);
            client.stream().write(3, new byte[32]);
            assertThat(client.stream().read().first()).isEqualTo(1);
            client.stream().write(5, Scrambles.clear("secret"));
            assertThat(client.stream().read().isOk()).isTrue();

            assertThat(client.stream().isQuiet(Duration.ofMillis(2500))).isTrue();
            client.ping();
        }
    }

    @Test
    void timeOfTheScriptDoesNotCount() throws Exception {
        Promise<Decision> connected = Promise.promise();
        Promise<Decision> decided = Promise.promise();
        try (TestProxy proxy = TestProxy.startLater(
                new Handlers(1, Set.of(Handler.CONNECT), ListenOptions.builder().loginTimeout(SOON).build()), event -> {
                    boolean connect = event instanceof ScriptEvent.Connect;
                    return connect
                            ? connected.future()
                            : decided.future().map(_ -> TestProxy.connect(event, server.address()));
                }); RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            connected.complete(new Decision.Proceed());
            client.sendLogin(LOGIN);
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            decided.complete(new Decision.Proceed());

            assertThat(client.stream().read().isOk()).isTrue();
            client.ping();
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).as("the login is over").isTrue();
            client.ping();
        }
    }

    @Test
    void furtherClientsAreRefusedUntilOneHasLoggedInOrLeft() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().maxPendingLogins(2).build());
                RawClient first = RawClient.connect(proxy.address());
                RawClient second = RawClient.connect(proxy.address())) {
            first.readGreeting();
            second.readGreeting();
            assertTooMany(proxy);

            first.login(LOGIN);
            try (RawClient third = RawClient.connect(proxy.address())) {
                third.readGreeting();
                assertTooMany(proxy);
                second.stream().wire().close();
                await().until(() -> proxy.sessions().count() == 2);
                try (RawClient fourth = RawClient.connect(proxy.address())) {
                    fourth.login(LOGIN);
                }
            }
            first.ping();
            assertThat(proxy.sessions().meters().collect().stream()
                    .filter(metric -> metric.getMetadata().getName().equals("myproxy_connections_over_limit"))
                    .flatMap(metric -> metric.getDataPoints().stream())
                    .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue()).sum())
                    .isEqualTo(2);
        }
    }

    private static void assertTooMany(TestProxy proxy) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            assertRefused(client.stream().read(), 0, TOO_MANY);
            client.expectEnd();
        }
    }

    @Test
    void withoutLocalFilesNobodyIsOfferedThem() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().localInfile(false).build());
                RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.readGreeting().capabilities() & Flags.LOCAL_FILES).isZero();
            client.login(LOGIN.with(Flags.LOCAL_FILES));

            assertThat(server.connection().login().orElseThrow().has(Flags.LOCAL_FILES)).isFalse();
        }
    }

    @Test
    void withLocalFilesTheServerIsAskedForThem() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.DEFAULT); RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN.with(Flags.LOCAL_FILES));

            assertThat(client.greeting().capabilities() & Flags.LOCAL_FILES).isNotZero();
            assertThat(server.connection().login().orElseThrow().has(Flags.LOCAL_FILES)).isTrue();
        }
    }

    /** Nothing of what was asked for must reach the client. */
    @Test
    void serverThatAsksForAFileAllTheSame() throws Exception {
        try (FakeServer thief = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.localInfile("/etc/passwd");
        });
                TestProxy proxy = TestProxy.startLater(
                        new Handlers(1, Set.of(), ListenOptions.builder().localInfile(false).build()),
                        event -> Future.succeededFuture(TestProxy.connect(event, thief.address())));
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN.with(Flags.LOCAL_FILES));

            Err error = client.query("SELECT 1").last().err();

            assertThat(error).isEqualTo(new Err(1148, "42000",
                    "The server asked for a local file, which this client does not give"));
            client.expectEnd();
        }
    }
}
