package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.SenderRules;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.proxyheader.HeaderVersion;
import dev.myproxy.proxyheader.ProxyHeader;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.TrustedProxies;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.TestedTransport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that come through a balancer which tells who they are. */
class AwaitedHeaderTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final Duration AWHILE = Duration.ofMillis(300);
    private static final byte[] LINE = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 3306\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_AND_LOGIN = ByteBufUtil
            .getBytes(Unpooled.wrappedBuffer(LINE, PacketStream.frame(1, LOGIN.write())));
    private static final Address CLIENT = inet("192.0.2.1", 56324);
    private static final Err BAD_HEADER = new Err(1043, "",
            "Bad handshake: connections to this proxy begin with a header of the PROXY protocol");

    private final Queue<ScriptClient> connected = new ConcurrentLinkedQueue<>();
    private FakeServer server;

    private static Address inet(String ip, int port) {
        return Address.inet(InetAddress.ofLiteral(ip), port);
    }

    private static byte[] binary(ProxyHeader header) {
        ByteBuf written = Unpooled.buffer();
        HeaderVersion.V2.write(header, written);
        return ByteBufUtil.getBytes(written);
    }

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

    private static ListenOptions.Builder trusting(String network) {
        return ListenOptions.builder()
                .proxyProtocol(new TrustedProxies(new AllowedSenders(List.of(SenderRules.parse(network)))));
    }

    private TestProxy proxy(ListenOptions.Builder options) {
        return proxy(TestedTransport.DEFAULT, options);
    }

    private TestProxy proxy(Sockets channels, ListenOptions.Builder options) {
        return TestProxy.startOn(channels, SessionSettings.DEFAULT,
                new Handlers(1, Set.of(Handler.CONNECT), options.build()), event -> {
                    if (event instanceof ScriptEvent.Connect(var client)) {
                        connected.add(client);
                        return Future.succeededFuture(new Decision.Proceed());
                    }
                    return Future.succeededFuture(TestProxy.connect(event, server.address()));
                });
    }

    private TestProxy proxy() {
        return proxy(trusting("127.0.0.0/8"));
    }

    private static void assertLogsIn(RawClient client) throws IOException {
        client.login(LOGIN);
        client.ping();
    }

    @ParameterizedTest
    @MethodSource("dev.myproxy.transport.TestedTransport#kinds")
    void nobodyIsGreetedBeforeTheHeader(Sockets channels) throws Exception {
        try (TestProxy proxy = proxy(channels, trusting("127.0.0.0/8"));
                RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.stream().isQuiet(AWHILE)).isTrue();
            assertThat(connected).isEmpty();
            assertThat(proxy.list()).extracting(SessionSnapshot::phase).containsExactly(Phase.PROXY_HEADER);

            client.stream().raw(LINE);
            assertLogsIn(client);

            assertThat(connected.element().address()).isEqualTo(CLIENT);
            assertThat(connected.element().proxy()).map(Address::toString).contains(local(client));
            assertThat(connected.element().localAddress()).isEqualTo(inet("198.51.100.1", 3306));
            assertThat(proxy.list()).extracting(SessionSnapshot::proxy).containsExactly(connected.element().proxy());
            assertThat(proxy.list()).extracting(SessionSnapshot::address).containsExactly(CLIENT);
            assertThat(proxy.list().getFirst().name()).isEqualTo("192.0.2.1:56324");
        }
    }

    private static String local(RawClient client) throws IOException {
        return Address.of(client.stream().wire().channel().getLocalAddress()).toString();
    }

    @Test
    void theHeaderMayComeInSingleBytesAndTheLoginBehindIt() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address()).pieces(1)) {
            client.stream().raw(binary(new ProxyHeader.Forwarded(inet("2001:db8::1", 4), inet("2001:db8::2", 5))));
            client.pieces(Integer.MAX_VALUE);
            assertLogsIn(client);

            assertThat(connected.element().address()).hasToString("[2001:db8::1]:4");
        }
    }

    /**
     * Without on_connect the greeting is on its way before the client's bytes are looked at; but for that of the first client, which
     * waits until the listener has a certificate.
     */
    @Test
    void theFirstBytesOfTheClientMayComeWithTheHeader() throws Exception {
        Handlers handlers = new Handlers(1, Set.of(), trusting("127.0.0.1").build());
        try (TestProxy proxy = TestProxy.start(handlers, event -> TestProxy.connect(event, server.address()));
                RawClient first = RawClient.connect(proxy.address());
                RawClient client = RawClient.connect(proxy.address())) {
            first.stream().raw(LINE);
            first.readGreeting();
            client.stream().raw(LINE_AND_LOGIN);
            client.readGreeting();
            client.willUse(LOGIN);

            assertThat(client.stream().read().isOk()).isTrue();
            client.ping();
        }
    }

    /** HAProxy's option mysql-check does so. Servers, too, look at what was sent when they have sent their greeting. */
    @Test
    void theLoginMayComeWhileTheScriptDecides() throws Exception {
        Promise<Decision> decision = Promise.promise();
        try (TestProxy proxy = TestProxy.startLater(
                new Handlers(1, Set.of(Handler.CONNECT), trusting("127.0.0.1").build()),
                event -> event instanceof ScriptEvent.Connect
                        ? decision.future()
                        : Future.succeededFuture(TestProxy.connect(event, server.address())));
                RawClient client = RawClient.connect(proxy.address())) {
            client.stream().raw(LINE_AND_LOGIN);
            assertThat(client.stream().isQuiet(AWHILE)).isTrue();
            decision.complete(new Decision.Proceed());

            client.readGreeting();
            client.willUse(LOGIN);
            assertThat(client.stream().read().isOk()).isTrue();
            client.ping();
        }
    }

    @Test
    void proxiesThatSpeakForThemselvesKeepTheirAddress() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.stream().raw(binary(new ProxyHeader.Local()));
            assertLogsIn(client);

            assertThat(connected.element().address()).hasToString(local(client));
            assertThat(connected.element().proxy()).isEmpty();
            assertThat(connected.element().localAddress()).isEqualTo(proxy.address());
        }
    }

    /** In whatever way it does: with a word or without, at once or when it has been greeted. */
    @Test
    void balancersThatOnlyLookWhetherWeAreHereAreNoSessionsOfClients() throws Exception {
        Handlers handlers = new Handlers(1, Set.of(), trusting("127.0.0.1").build());
        try (TestProxy proxy = TestProxy.start(handlers, event -> TestProxy.connect(event, server.address()))) {
            RawClient.connect(proxy.address()).close();
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.stream().raw(binary(new ProxyHeader.Local()));
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.stream().raw(binary(new ProxyHeader.Local()));
                client.readGreeting();
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                Address.Inet self = (Address.Inet) Address.of(client.stream().wire().channel().getLocalAddress());
                client.stream().raw(("PROXY TCP4 127.0.0.1 127.0.0.1 " + self.socket().getPort() + " 3306\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                client.readGreeting();
            }

            await().untilAsserted(() -> assertThat(ends(proxy, "proxy_check")).isEqualTo(4));
        }
    }

    @Test
    void whoLeavesAfterMoreThanThatIsAClient() throws Exception {
        Handlers handlers = new Handlers(1, Set.of(), trusting("127.0.0.1").build());
        try (SessionLines lines = new SessionLines();
                TestProxy proxy = TestProxy.start(handlers, event -> TestProxy.connect(event, server.address()))) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.stream().raw(binary(new ProxyHeader.Local()));
                client.readGreeting();
                client.stream().raw((byte) 1);
                await().until(() -> proxy.list().stream().anyMatch(one -> one.phase() == Phase.GREETING));
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.stream().raw(LINE);
                client.readGreeting();
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.stream().raw("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII));
                client.readGreeting();
            }

            await().untilAsserted(() -> assertThat(lines.ended()).extracting(AwaitedHeaderTest::cause).hasSize(3)
                    .containsOnly("client_closed greeting"));
            assertThat(ends(proxy, "proxy_check")).isZero();
        }
    }

    private static double ends(TestProxy proxy, String cause) {
        return proxy.sessions().meters().collect().stream()
                .filter(metric -> metric.getMetadata().getName().equals("myproxy_disconnects"))
                .flatMap(metric -> metric.getDataPoints().stream())
                .filter(point -> cause.equals(point.getLabels().get("cause")))
                .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue()).sum();
    }

    @Test
    void clientsThatAreNotKnownHaveTheProxysAddress() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.stream().raw("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII));
            assertLogsIn(client);

            assertThat(connected.element().address()).hasToString(local(client));
            assertThat(connected.element().proxy()).contains(connected.element().address());
        }
    }

    private static String cause(SessionLines.Ended end) {
        return end.cause() + " " + end.phase();
    }

    @Test
    void somethingElseThanAHeader() throws Exception {
        try (SessionLines lines = new SessionLines();
                EntranceLines warnings = new EntranceLines();
                TestProxy proxy = proxy()) {
            for (String garbage : List.of("GET / HTTP/1.1", "PROXY TCP4 x y 1 2\r\n", "\0\0\0\1")) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    client.stream().raw(garbage.getBytes(StandardCharsets.US_ASCII));

                    assertThat(client.stream().read().err()).isEqualTo(BAD_HEADER);
                    client.expectEnd();
                }
            }

            assertThat(connected).isEmpty();
            assertThat(lines.ended()).extracting(AwaitedHeaderTest::cause).hasSize(3)
                    .containsOnly("proxy_header proxy_header");
            assertThat(warnings.all()).singleElement(STRING)
                    .matches("\\[127\\.0\\.0\\.1:\\d+] Connection from 127\\.0\\.0\\.1:\\d+ closed: No PROXY header");
        }
    }

    @Test
    void headersThatDoNotCome() throws Exception {
        try (SessionLines lines = new SessionLines();
                EntranceLines warnings = new EntranceLines();
                TestProxy proxy = proxy(trusting("127.0.0.1").loginTimeout(AWHILE));
                RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.stream().read().err()).isEqualTo(BAD_HEADER);
            client.expectEnd();

            assertThat(lines.ended()).extracting(AwaitedHeaderTest::cause)
                    .containsExactly("proxy_header proxy_header");
            assertThat(warnings.all()).singleElement(STRING).endsWith("No PROXY header came in time");
        }
    }

    @Test
    void headersThatDrip() throws Exception {
        try (EntranceLines warnings = new EntranceLines();
                TestProxy proxy = proxy(trusting("127.0.0.1").loginTimeout(AWHILE));
                RawClient client = RawClient.connect(proxy.address())) {
            byte[] header = Arrays.copyOf(binary(new ProxyHeader.Local()), 60_000);
            header[14] = (byte) 0xff;
            int sent = 0;
            while (client.stream().isQuiet(Duration.ofMillis(20))) {
                client.stream().raw(header[sent++]);
            }

            await().until(() -> proxy.sessions().count() == 0);
            assertThat(warnings.all()).singleElement(STRING).endsWith("The PROXY header was not complete in time");
        }
    }

    /** The header's time is a part of the login's. */
    @Test
    void theLoginHasWhatIsLeftOfTheTime() throws Exception {
        Duration limit = Duration.ofMillis(1500);
        try (TestProxy proxy = proxy(trusting("127.0.0.1").loginTimeout(limit));
                RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.stream().isQuiet(Duration.ofSeconds(1))).isTrue();
            long header = System.nanoTime();
            client.stream().raw(LINE);
            client.readGreeting();

            assertThat(client.stream().read().err().message()).isEqualTo("Login timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - header)).isLessThan(limit);
        }
    }

    @Test
    void whoComesFromElsewhereIsRefused() throws Exception {
        try (EntranceLines warnings = new EntranceLines(); TestProxy proxy = proxy(trusting("192.0.2.0/24"))) {
            for (int i = 0; i < 2; i++) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    assertThat(client.stream().read().err()).isEqualTo(
                            new Err(1130, "", "Host '127.0.0.1' is not allowed to connect to this proxy"));
                    client.expectEnd();
                }
            }

            assertThat(proxy.sessions().count()).isZero();
            assertThat(proxy.sessions().admissions().connections()).isZero();
            assertThat(untrusted(proxy)).isEqualTo(2);
            assertThat(warnings.all()).singleElement(STRING).endsWith(
                    " refused: the listener's proxy_protocol does not trust that address");
        }
    }

    private static double untrusted(TestProxy proxy) {
        return proxy.sessions().meters().collect().stream()
                .filter(metric -> metric.getMetadata().getName().equals("myproxy_connections_untrusted"))
                .flatMap(metric -> metric.getDataPoints().stream())
                .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue()).sum();
    }

    @Test
    void whoWaitsForAHeaderIsLoggingIn() throws Exception {
        try (TestProxy proxy = proxy(trusting("127.0.0.1").maxPendingLogins(1));
                RawClient first = RawClient.connect(proxy.address())) {
            await().until(() -> proxy.sessions().count() == 1);
            try (RawClient second = RawClient.connect(proxy.address())) {
                assertThat(second.stream().read().err().code()).isEqualTo(1040);
            }
            first.stream().raw(LINE);
            assertLogsIn(first);
            try (RawClient third = RawClient.connect(proxy.address())) {
                third.stream().raw(LINE);
                assertLogsIn(third);
            }
        }
    }

    @Test
    void whoWaitsForAHeaderDoesNotDelayAStop() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            await().until(() -> proxy.sessions().count() == 1);

            new Drain(proxy.sessions(), proxy.vertx(), Duration.ofMillis(30), Duration.ZERO)
                    .begin(Duration.ofHours(1)).await(60, TimeUnit.SECONDS);

            assertThat(client.stream().read().err().code()).isEqualTo(1053);
            client.expectEnd();
        }
    }

    @Test
    void whoLeavesBeforeTheHeaderIsGone() throws Exception {
        try (SessionLines lines = new SessionLines(); TestProxy proxy = proxy()) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.stream().raw((byte) 'P');
                await().until(() -> proxy.sessions().count() == 1);
            }

            await().untilAsserted(() -> assertThat(lines.ended()).extracting(AwaitedHeaderTest::cause)
                    .containsExactly("client_closed proxy_header"));
        }
    }
}
