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
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clients that send nothing, and clients that take nothing, in the command phase. */
class ClientWatchTest {

    private static final Duration SOON = Duration.ofMillis(200);
    private static final ListenOptions IDLE = ListenOptions.builder().idleTimeout(SOON).build();
    private static final ListenOptions WRITE = ListenOptions.builder().writeTimeout(SOON).build();
    private static final Err DISCONNECTED = new Err(4031, "HY000",
            "The client was disconnected because of inactivity: this proxy's listener has idle_timeout = 0.2");
    private static final Login LOGIN = Login.clear("joe", "");

    private final Queue<String> ends = new ConcurrentLinkedQueue<>();

    private TestProxy proxy(ListenOptions options, FakeServer server) {
        return TestProxy.start(new Handlers(1, Set.of(Handler.DISCONNECT), options), event -> {
            if (event instanceof ScriptEvent.Disconnect end) {
                ends.add(end.cause());
                return new Decision.Proceed();
            }
            return TestProxy.connect(event, server.address());
        });
    }

    private static FakeServer server(FakeServer.Script script) throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            script.play(c);
        });
    }

    private static void assertSentAway(RawClient client) throws IOException {
        Packet packet = client.stream().read();
        assertThat(packet.sequence()).isZero();
        assertThat(packet.err()).isEqualTo(DISCONNECTED);
        client.expectEnd();
    }

    private void assertCause(String cause) {
        await().until(() -> !ends.isEmpty());
        assertThat(ends).containsExactly(cause);
    }

    @Test
    void idleClientIsSentAway() throws Exception {
        try (FakeServer server = server(c -> c.serve());
                TestProxy proxy = proxy(IDLE, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);

            assertSentAway(client);
            assertCause("idle_timeout");
            await().until(() -> server.active() == 0);
        }
    }

    @Test
    void eachCommandBeginsTheTimeAnew() throws Exception {
        try (FakeServer server = server(c -> c.serve()); TestProxy proxy = proxy(IDLE, server)) {
            await().until(() -> isAnsweredLater(proxy));
        }
    }

    /** False if this machine is so busy that the client is too late. */
    private static boolean isAnsweredLater(TestProxy proxy) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            assertThat(client.stream().isQuiet(SOON.dividedBy(2))).isTrue();
            long sent = System.nanoTime();
            client.send(Command.PING.payload());
            if (client.stream().read().isErr()) {
                return false;
            }
            assertSentAway(client);
            assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(SOON.toNanos());
            return true;
        }
    }

    @Test
    void clientThatWaitsForAnAnswerIsNotIdle() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (FakeServer server = server(c -> {
            c.read();
            c.definitions(List.of("a"));
            answer.await();
            c.row(List.of("x"));
            c.eof(Flags.AUTOCOMMIT);
            c.serve();
        }); TestProxy proxy = proxy(IDLE, server); RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(Command.QUERY.payload("SELECT 1"));
            Packet count = client.stream().read();
            Packet definition = client.stream().read();

            assertThat(count.length()).isOne();
            assertThat(definition.sequence()).isEqualTo(2);
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            answer.countDown();
            assertThat(client.stream().read().sequence()).isEqualTo(3);
            assertThat(client.stream().read().sequence()).isEqualTo(4);
            assertSentAway(client);
        }
    }

    @Test
    void clientInTheMiddleOfACommandIsNotIdle() throws Exception {
        try (FakeServer server = server(c -> c.serve());
                TestProxy proxy = proxy(IDLE, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.stream().raw((byte) 9, (byte) 0);
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            client.stream().raw((byte) 0, (byte) 0, (byte) 3);
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            client.stream().raw("SELECT 1".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.reply(Command.QUERY).value()).isEqualTo("1");
            assertSentAway(client);
        }
    }

    @Test
    void replicationStreamIsNotIdle() throws Exception {
        try (FakeServer server = server(c -> {
            c.read();
            c.send((byte) 0, (byte) 1);
            c.stall();
        }); TestProxy proxy = proxy(IDLE, server); RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(new byte[]{0x12, 0, 0, 0, 0});
            assertThat(client.stream().read().length()).isEqualTo(2);

            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
        }
    }

    @Test
    void clientWhoseStatementTheScriptThinksAboutIsNotIdle() throws Exception {
        Promise<Decision> decision = Promise.promise();
        try (FakeServer server = server(c -> c.serve());
                TestProxy proxy = TestProxy.startLater(new Handlers(1, Set.of(Handler.QUERY), IDLE),
                        event -> event instanceof ScriptEvent.Query
                                ? decision.future()
                                : Future.succeededFuture(TestProxy.connect(event, server.address())));
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(Command.QUERY.payload("SELECT 1"));
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            decision.complete(new Decision.Refuse(ByteString.of("no")));

            assertThat(client.reply(Command.QUERY).last().err().code()).isEqualTo(1227);
            assertSentAway(client);
        }
    }

    @Test
    void withoutTheOptionNobodyIsSentAway() throws Exception {
        try (FakeServer server = server(c -> c.serve());
                TestProxy proxy = proxy(ListenOptions.DEFAULT, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            client.ping();
        }
    }

    private static FakeServer talker() throws IOException {
        return server(c -> {
            c.read();
            c.definitions(List.of("a"));
            String text = "x".repeat(1 << 16);
            for (int i = 0; i < 250; i++) {
                c.row(List.of(text));
            }
            c.eof(Flags.AUTOCOMMIT);
            c.serve();
        });
    }

    @Test
    void clientThatTakesNothingIsCut() throws Exception {
        try (FakeServer server = talker();
                TestProxy proxy = proxy(WRITE, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(Command.QUERY.payload("SELECT 1"));

            assertCause("write_timeout");
            await().until(() -> server.active() == 0);
        }
    }

    @Test
    void slowClientIsNotCut() throws Exception {
        Duration limit = Duration.ofMillis(700);
        try (FakeServer server = talker();
                TestProxy proxy = proxy(ListenOptions.builder().writeTimeout(limit).build(), server)) {
            await().until(() -> isServedSlowly(proxy, limit));
        }
    }

    @Test
    void clientThatTakesLittleAtATimeIsNotCut() throws Exception {
        Duration limit = Duration.ofMillis(700);
        try (FakeServer server = talker();
                TestProxy proxy = proxy(ListenOptions.builder().writeTimeout(limit).build(), server)) {
            await().until(() -> isServedSlowly(proxy, limit, 9, 2));
        }
    }

    private static boolean isServedSlowly(TestProxy proxy, Duration limit) throws IOException {
        return isServedSlowly(proxy, limit, 5, 40);
    }

    /** False if this machine is so busy that the client was too slow. */
    private static boolean isServedSlowly(TestProxy proxy, Duration limit, int pauses, int step)
            throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(Command.QUERY.payload("SELECT 1"));
            for (int i = 0; i < pauses; i++) {
                for (int packets = 0; packets < step; packets++) {
                    client.stream().read();
                }
                assertThat(waitFor(limit.dividedBy(3))).isTrue();
            }
            while (client.stream().read().first() != 0xfe) {
                // The rest of the rows.
            }
            client.ping();
            return true;
        } catch (EOFException _) {
            return false;
        }
    }

    /** A client that reads nothing for a while. */
    private static boolean waitFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().pollInterval(Duration.ofMillis(20)).until(() -> System.nanoTime() - end > 0);
        return true;
    }

    @Test
    void clientThatHasTakenEverythingIsNotCut() throws Exception {
        try (FakeServer server = talker();
                TestProxy proxy = proxy(WRITE, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.query("SELECT 1").good();
            assertThat(client.stream().isQuiet(SOON.multipliedBy(2))).isTrue();
            client.ping();
        }
    }

    @Test
    void withoutTheOptionAClientMayTakeItsTime() throws Exception {
        try (FakeServer server = talker();
                TestProxy proxy = proxy(ListenOptions.DEFAULT, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(Command.QUERY.payload("SELECT 1"));
            assertThat(waitFor(SOON.multipliedBy(2))).isTrue();

            assertThat(client.reply(Command.QUERY).good().textRows()).hasSize(250);
        }
    }
}
