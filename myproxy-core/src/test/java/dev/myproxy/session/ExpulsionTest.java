package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that end while responses are under way. */
class ExpulsionTest {

    private static final Err UNAVAILABLE = new Err(1047, "08S01", "Node is unavailable");
    private static final int CLIENTS = 200;
    private static final SessionSettings IMPATIENT = new SessionSettings(Duration.ofSeconds(30),
            Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofMillis(200));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<FakeServer> servers = new ArrayList<>();

    @AfterEach
    void stopServers() throws IOException {
        for (FakeServer server : servers) {
            server.close();
        }
    }

    /** A server that lets everybody in, sends the definition of a column for the first command, and then does as it likes. */
    private FakeServer server(FakeServer.Script rows) throws IOException {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.definitions(List.of("v"));
            rows.play(c);
        });
        servers.add(server);
        return server;
    }

    private static TestProxy proxy(Upstream upstream) {
        return proxy(SessionSettings.DEFAULT, upstream);
    }

    private static TestProxy proxy(SessionSettings settings, Upstream upstream) {
        return TestProxy.start(settings, Handlers.of(1), _ -> new Decision.Connect(upstream,
                new Credentials(ByteString.of("u"), Secret.empty(), Optional.empty(), ByteString.EMPTY),
                ConnectOptions.DEFAULT));
    }

    /** A client that has sent a query. */
    private static RawClient client(TestProxy proxy) throws IOException {
        RawClient client = RawClient.connect(proxy.address());
        client.readGreeting();
        client.login(Login.clear("joe", "secret"));
        client.send(Command.QUERY.payload("SELECT v FROM t"));
        return client;
    }

    private static SessionBus.Leave leave(Upstream upstream, FakeServer server) {
        return new SessionBus.Leave(upstream, Set.of(server.address()), false, "dead");
    }

    /** Reads the definitions, and waits until so many bytes have been sent behind them. */
    private static void readDefinitions(TestProxy proxy, RawClient client, int more) throws IOException {
        long bytes = more;
        for (int i = 0; i < 2; i++) {
            bytes += 4 + client.stream().read().length();
        }
        long expected = bytes;
        await().until(() -> proxy.list().getFirst().sentBytes() == expected);
    }

    @Test
    void theRestOfAPacketGoesBeforeTheError() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        byte[] row = PacketStream.frame(3, new byte[]{3, 'o', 'n', 'e'});
        FakeServer server = server(c -> {
            c.raw(Arrays.copyOf(row, 6));
            asked.await();
            c.raw(row[6]);
            c.raw(row[7]);
            c.send(4, new byte[]{3, 't', 'w', 'o'});
            c.stall();
        });
        Upstream upstream = Upstream.of(server.address());
        try (TestProxy proxy = proxy(upstream); RawClient client = client(proxy)) {
            readDefinitions(proxy, client, 6);

            proxy.leave(leave(upstream, server));
            assertThat(proxy.list()).as("the session is asked before").hasSize(1);
            asked.countDown();

            Packet last = client.stream().read();
            assertThat(last.sequence()).isEqualTo(3);
            assertThat(last.payload()).containsExactly(3, 'o', 'n', 'e');
            Packet error = client.stream().read();
            assertThat(error.sequence()).isEqualTo(4);
            assertThat(error.err()).isEqualTo(UNAVAILABLE);
            client.expectEnd();
        } finally {
            asked.countDown();
        }
    }

    @Test
    void thereIsNoErrorInAPacketThatDoesNotEnd() throws Exception {
        FakeServer server = server(c -> {
            c.raw(Arrays.copyOf(PacketStream.frame(3, new byte[]{3, 'o', 'n', 'e'}), 6));
            c.stall();
        });
        Upstream upstream = Upstream.of(server.address());
        try (TestProxy proxy = proxy(IMPATIENT, upstream); RawClient client = client(proxy)) {
            readDefinitions(proxy, client, 6);

            proxy.leave(leave(upstream, server));

            assertThatThrownBy(client::expectEnd).isInstanceOf(AssertionError.class)
                    .hasMessage("an incomplete packet before the end");
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotWaitedForAtTheEnd() throws Exception {
        FakeServer server = server(c -> {
            while (true) {
                c.row(List.of("x".repeat(5000)));
            }
        });
        try (TestProxy proxy = proxy(IMPATIENT, Upstream.of(server.address())); RawClient client = client(proxy)) {
            AtomicLong before = new AtomicLong();
            await().atMost(PATIENCE).during(Duration.ofMillis(500)).until(() -> {
                long now = proxy.list().getFirst().sentBytes();
                return now > 100_000 && before.getAndSet(now) == now;
            });

            proxy.sessions().shutDown().await();

            assertThat(client.stream().wire().isOpen()).isTrue();
            await().untilAsserted(() -> assertThat(server.active()).isZero());
        }
    }

    @Test
    void everybodyLeavesWhilePacketsFlow() throws Exception {
        // Nobody is flooded while others log in: on a busy machine that can take long.
        CountDownLatch everybody = new CountDownLatch(CLIENTS);
        FakeServer server = server(c -> {
            everybody.countDown();
            assertThat(everybody.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            for (int i = 0; true; i++) {
                c.row(List.of("x".repeat(i * 997 % 5000)));
            }
        });
        Upstream upstream = Upstream.of(server.address());
        CountDownLatch flowing = new CountDownLatch(CLIENTS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                TestProxy proxy = proxy(upstream)) {
            List<Future<Packet>> last = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                last.add(threads.submit(() -> readUntilError(proxy, flowing)));
            }
            assertThat(flowing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            proxy.leave(leave(upstream, server));

            for (Future<Packet> packet : last) {
                assertThat(packet.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).err()).isEqualTo(UNAVAILABLE);
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.active()).isZero());
        }
    }

    /** Reads packets, whose sequence ids count up, to the last one. */
    private static Packet readUntilError(TestProxy proxy, CountDownLatch flowing) throws IOException {
        try (RawClient client = client(proxy)) {
            client.limit(PATIENCE);
            int next = 1;
            while (true) {
                Packet packet = client.stream().read();
                assertThat(packet.sequence()).isEqualTo(next & 0xff);
                if (packet.isErr()) {
                    client.expectEnd();
                    return packet;
                }
                if (next++ == 3) {
                    flowing.countDown();
                }
            }
        }
    }
}
