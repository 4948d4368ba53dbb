package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ServerStatus;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.meters.Phase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Err SHUTDOWN = new Err(1053, "08S01", "Server shutdown in progress");
    private static final Login LOGIN = Login.clear("joe", "");
    private static final Duration LOOK = Duration.ofMillis(30);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int SECONDS = 30;

    /** Answers a query with the status that the query is: BEGIN and COMMIT would do the same. */
    private static void statuses(ServerConnection c) throws IOException {
        c.greet();
        c.acceptAll();
        while (true) {
            Packet packet = c.read();
            if (packet.first() == Command.QUIT.code()) {
                return;
            }
            c.ok(Flags.AUTOCOMMIT | (packet.payload()[1] == 'B' ? ServerStatus.IN_TRANSACTION : 0));
        }
    }

    private static FakeServer server() throws IOException {
        return FakeServer.start(Endpoints.tcp(0), DrainTest::statuses);
    }

    private static Drain drain(TestProxy proxy, Duration lastCall) {
        return new Drain(proxy.sessions(), proxy.vertx(), LOOK, lastCall);
    }

    private static RawClient client(TestProxy proxy) throws IOException {
        return RawClient.connect(proxy.address()).login(LOGIN);
    }

    private static void assertSentAway(RawClient client, int sequence) throws IOException {
        Packet packet = client.stream().read();
        assertThat(packet.sequence()).isEqualTo(sequence);
        assertThat(packet.err()).isEqualTo(SHUTDOWN);
        client.expectEnd();
        client.stream().wire().shutdownOutput();
    }

    private static void finish(Future<Void> drained) throws Exception {
        drained.await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void withoutSessionsItIsOverAtOnce() throws Exception {
        try (FakeServer server = server(); TestProxy proxy = TestProxy.to(server.address())) {
            Drain drain = drain(proxy, NEVER);
            assertThat(drain.progress()).isEmpty();

            finish(drain.begin(NEVER));
        }
    }

    @Test
    void anIdleSessionEndsWithAnErrorAndTheServerHearsOfIt() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            client.query("COMMIT").good();

            Future<Void> drained = drain(proxy, NEVER).begin(NEVER);

            assertSentAway(client, 0);
            finish(drained);
            await().until(() -> server.active() == 0);
            assertThat(server.connection().received().getLast().payload()).isEqualTo(Command.QUIT.payload());
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void aTransactionMayEndFirst() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            client.query("BEGIN").good();

            Drain drain = drain(proxy, AT_ONCE);
            Future<Void> drained = drain.begin(NEVER);
            await().until(() -> drain.progress().orElseThrow().transactions() == 1);
            client.query("BEGIN").good();
            assertThat(client.stream().isQuiet(LOOK.multipliedBy(5))).isTrue();
            client.query("COMMIT").good();

            assertSentAway(client, 0);
            finish(drained);
            assertThat(drain.progress().orElseThrow().sessions()).isZero();
        }
    }

    @Test
    void anOpenCursorMayBeReadToItsEnd() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.ok(Flags.AUTOCOMMIT | Flags.CURSOR_EXISTS);
            c.read();
            c.ok(Flags.AUTOCOMMIT | Flags.LAST_ROW_SENT);
            c.expect(Command.QUIT.payload());
        }); TestProxy proxy = TestProxy.to(server.address()); RawClient client = client(proxy)) {
            client.query("SELECT").good();
            Drain drain = drain(proxy, AT_ONCE);
            Future<Void> drained = drain.begin(NEVER);
            await().until(() -> drain.progress().orElseThrow().transactions() == 1);

            client.query("the rest").good();

            assertSentAway(client, 0);
            finish(drained);
        }
    }

    @Test
    void aCommandThatRunsIsAnswered() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            answer.await();
            c.ok();
            c.expect(Command.QUIT.payload());
        }); TestProxy proxy = TestProxy.to(server.address()); RawClient client = client(proxy)) {
            client.send(Command.QUERY.payload("SELECT SLEEP(1)"));
            await().until(() -> !server.connections().isEmpty() && server.connection().received().size() > 1);

            Future<Void> drained = drain(proxy, AT_ONCE).begin(NEVER);
            assertThat(client.stream().isQuiet(LOOK.multipliedBy(5))).isTrue();
            answer.countDown();

            assertThat(client.stream().read().isOk()).isTrue();
            assertSentAway(client, 0);
            finish(drained);
        } finally {
            answer.countDown();
        }
    }

    /** Looks at sessions once: what happens behind that is not due to their being idle. */
    private static Drain lastCall(TestProxy proxy, int transactions) {
        Drain drain = new Drain(proxy.sessions(), proxy.vertx(), NEVER, AT_ONCE);
        drain.begin(NEVER);
        await().until(() -> drain.progress().orElseThrow().left().compareTo(NEVER) < 0);
        assertThat(drain.progress().orElseThrow().transactions()).isEqualTo(transactions);
        return drain;
    }

    @Test
    void whoNeverPausesIsToldAtTheNextCommandOutsideOfTransactions() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            client.query("BEGIN").good();
            lastCall(proxy, 1);

            client.query("BEGIN again").good();
            client.query("COMMIT").good();
            client.send(Command.QUERY.payload("INSERT"));

            assertSentAway(client, 1);
            await().until(() -> server.active() == 0);
            assertThat(server.connection().received().getLast().payload()).isEqualTo(Command.QUIT.payload());
            assertThat(server.connection().received()).hasSize(5);
        }
    }

    @Test
    void whatWasSentAheadIsNotCarriedOutEither() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            lastCall(proxy, 0);
            byte[] insert = PacketStream.frame(0, Command.QUERY.payload("INSERT"));

            client.stream().raw(ByteBuffer.allocate(2 * insert.length).put(insert).put(insert).array());

            assertSentAway(client, 1);
        }
    }

    @Test
    void aClientMayTakeItsLeave() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            lastCall(proxy, 0);

            client.send(Command.QUIT.payload());

            client.expectEnd();
            await().until(() -> proxy.list().isEmpty());
        }
    }

    @Test
    void aCommandInPiecesIsToldToo() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            lastCall(proxy, 0);
            client.pieces(1).send(Command.QUERY.payload("INSERT"));

            assertSentAway(client, 1);
        }
    }

    @Test
    void aLoginThatIsUnderWayEndsFirst() throws Exception {
        Promise<Decision> decision = Promise.promise();
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.startLater(Handlers.of(1), event -> decision.future()
                        .map(_ -> TestProxy.connect(event, server.address())));
                RawClient client = RawClient.connect(proxy.address())) {
            client.sendLogin(LOGIN);
            await().until(() -> proxy.list().getFirst().phase() == Phase.DECISION);

            Future<Void> drained = drain(proxy, AT_ONCE).begin(NEVER);
            assertThat(client.stream().isQuiet(LOOK.multipliedBy(5))).isTrue();
            decision.complete(new Decision.Proceed());

            assertThat(client.stream().read().isOk()).isTrue();
            assertSentAway(client, 0);
            finish(drained);
        }
    }

    @Test
    void whoDoesNotAnswerTheGreetingIsNotWaitedFor() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            Future<Void> drained = drain(proxy, LOOK).begin(NEVER);

            assertSentAway(client, 1);
            finish(drained);
        }
    }

    @Test
    void aStreamToAReplicaHasNoOtherEnd() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.send((byte) 0, (byte) 1);
            c.stall();
        }); TestProxy proxy = TestProxy.to(server.address()); RawClient client = client(proxy)) {
            client.send((byte) 0x12, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0,
                    (byte) 0, (byte) 0);
            assertThat(client.stream().read().sequence()).isOne();

            Future<Void> drained = drain(proxy, AT_ONCE).begin(NEVER);

            assertSentAway(client, 2);
            finish(drained);
        }
    }

    @Test
    void theTimeIsUpForTransactionsToo() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            client.query("BEGIN").good();

            Future<Void> drained = drain(proxy, NEVER).begin(LOOK.multipliedBy(10));
            client.query("BEGIN").good();

            assertSentAway(client, 0);
            finish(drained);
            await().until(() -> server.active() == 0);
            assertThat(server.failures()).as("it was told").isEmpty();
        }
    }

    @Test
    void withoutAnyTimeAllEndAtOnce() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy);
                RawClient other = RawClient.connect(proxy.address())) {
            other.readGreeting();
            client.query("BEGIN").good();

            Future<Void> drained = drain(proxy, NEVER).begin(AT_ONCE);

            assertSentAway(client, 0);
            assertSentAway(other, 1);
            finish(drained);
        }
    }

    @Test
    void aClientThatDoesNotCloseIsNotWaitedForLong() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = client(proxy)) {
            finish(drain(proxy, NEVER).begin(NEVER));

            assertSentAway(client, 0);
        }
    }
}
