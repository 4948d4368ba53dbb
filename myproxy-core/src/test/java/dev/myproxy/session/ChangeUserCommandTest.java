package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.peers.ServerAuth;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeUserCommandTest {

    private static final Handlers LOGIN_ONLY = Handlers.of(1);
    private static final byte[] SALT = "ABCDEFGHIJabcdefghij".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GOODBYE = new PayloadWriter().u8(0xff).u16(1053)
            .text("#08S01Server shutdown in progress").toByteArray();
    private static final byte[] CHANGE = change("ann", "pw2", "shop");

    private volatile FakeServer.Script script = ChangeUserCommandTest::serve;
    private FakeServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> script.play(c));
    }

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    private static byte[] change(String user, String password, String database) {
        byte[] answer = Scrambles.clear(password);
        return new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(user).u8(answer.length).bytes(answer)
                .nulText(database).u16(0x12d).nulText("mysql_clear_password").lenenc(0).toByteArray();
    }

    private static void serve(ServerConnection c) throws IOException {
        c.greet();
        c.acceptAll();
        c.serve();
    }

    /** Lets the client in, answers a ping, and reads COM_CHANGE_USER. */
    private static Packet untilChange(ServerConnection c) throws IOException {
        c.greet();
        c.acceptAll();
        c.expect(Command.PING.payload());
        c.ok();
        return c.read();
    }

    private static void acceptNative(ServerConnection c, String password) throws IOException {
        c.authSwitch("mysql_native_password", Arrays.copyOf(SALT, 21));
        assertThat(ServerAuth.nativePassword(c.read().payload(), SALT, password)).isTrue();
        c.ok();
    }

    private static RawClient login(TestProxy proxy) throws IOException {
        // The key of the test's server may take its time.
        RawClient client = RawClient.connect(proxy.address()).limit(Duration.ofSeconds(30));
        client.readGreeting();
        client.login(Login.clear("joe", "secret").withAttributes(Map.of("program", "test")));
        client.ping();
        return client;
    }

    private static void assertError(Packet packet, int sequenceId, int code, String sqlState, String message) {
        assertThat(packet.sequence()).isEqualTo(sequenceId);
        assertThat(packet.err()).isEqualTo(new Err(code, sqlState, message));
    }

    private static void assertOk(Packet packet) {
        assertThat(packet.isOk()).as("%s", packet).isTrue();
        assertThat(packet.sequence()).isEqualTo(1);
    }

    @Test
    void staysOnItsConnectionAndHasTheServerAskForAPassword() throws Exception {
        script = c -> {
            PayloadReader change = untilChange(c).body();
            assertThat(change.nulText()).isEqualTo("ann");
            assertThat(change.u8()).as("length of the answer").isZero();
            assertThat(change.nulText()).isEqualTo("shop");
            assertThat(change.u16()).isEqualTo(0x12d);
            assertThat(change.nulText()).isNotEqualTo("mysql_native_password");
            acceptNative(c, "pw2");
            c.serve();
        };
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertOk(client.stream().read());
            assertThat(client.query("SELECT 1").value()).isEqualTo("1");
            assertThat(server.connections()).hasSize(1);
            assertThat(proxy.list().getFirst().server()).contains(server.address());
        }
    }

    @Test
    void staysOverAndOver() throws Exception {
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            for (int i = 0; i < 3; i++) {
                client.send(CHANGE);
                assertOk(client.stream().read());
                client.ping();
            }
            assertThat(server.connections()).hasSize(1);
        }
    }

    @Test
    void attributesAreTheNewOnesOrElseThoseOfTheLogin() throws Exception {
        byte[] old = Arrays.copyOf(CHANGE, CHANGE.length - 1);
        byte[] pair = new PayloadWriter().lenencText("a").lenencText("b").toByteArray();
        byte[] with = new PayloadWriter().bytes(old).lenencBytes(pair).toByteArray();
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.send(with);
            assertOk(client.stream().read());
            client.send(old);
            assertOk(client.stream().read());

            byte[] first = server.connection().received().get(2).payload();
            assertThat(new String(first, StandardCharsets.ISO_8859_1)).endsWith("\4\1a\1b");
            byte[] second = server.connection().received().get(3).payload();
            assertThat(new String(second, StandardCharsets.ISO_8859_1)).endsWith("\4\1a\1b");
        }
    }

    @Test
    void clientThatNamesNoCharsetGetsTheServersOwn() throws Exception {
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            byte[] answer = Scrambles.clear("pw2");
            client.send(new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText("ann").u8(answer.length)
                    .bytes(answer).toByteArray());
            assertOk(client.stream().read());

            PayloadReader change = server.connection().received().get(2).body();
            assertThat(change.nulText()).isEqualTo("ann");
            assertThat(change.u8()).isZero();
            assertThat(change.nulText()).isEmpty();
            assertThat(change.u16()).isZero();
        }
    }

    @Test
    void passwordIsEncryptedWithTheKeyOfAServerThatDoesNotKnowItsHash() throws Exception {
        script = c -> {
            untilChange(c);
            c.authSwitch("caching_sha2_password", Arrays.copyOf(SALT, 21));
            c.read();
            assertThat(ServerAuth.cachingSha2Full(c, SALT, "pw2")).isTrue();
            c.ok();
            c.serve();
        };
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertOk(client.stream().read());
            client.ping();
        }
    }

    @Test
    void refusalOfTheServerReachesTheClientAndEndsTheSession() throws Exception {
        script = c -> {
            untilChange(c);
            c.authSwitch("mysql_native_password", Arrays.copyOf(SALT, 21));
            c.read();
            c.err(1045, "28000", "Access denied for user 'ann'");
            c.stall();
        };
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertError(client.stream().read(), 1, 1045, "28000", "Access denied for user 'ann'");
            client.expectEnd();
            await().until(() -> server.active() == 0);
        }
    }

    @Test
    void refusalOfTheScriptEndsTheSessionAndTheServerHearsGoodbye() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        try (TestProxy proxy = TestProxy.start(LOGIN_ONLY, event -> logins.getAndIncrement() == 0
                ? TestProxy.connect(event, server.address())
                : new Decision.Refuse(ByteString.of("not you")));
                RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertError(client.stream().read(), 1, 1043, "08S01", "not you");
            client.expectEnd();
            await().until(() -> server.active() == 0);
            assertThat(server.connection().received().getLast().payload()).isEqualTo(Command.QUIT.payload());
        }
    }

    @Test
    void goesToAnotherServerAndTheFirstOneHearsGoodbye() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        try (FakeServer other = FakeServer.start(Endpoints.tcp(0), ChangeUserCommandTest::serve);
                TestProxy proxy = TestProxy.start(LOGIN_ONLY, event -> TestProxy.connect(event,
                        logins.getAndIncrement() == 0 ? server.address() : other.address()));
                RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertOk(client.stream().read());
            client.ping();
            Login second = other.connection().login().orElseThrow();
            assertThat(second.user()).isEqualTo("ann");
            assertThat(second.database()).contains("shop");
            assertThat(second.charset()).isEqualTo(0x12d);
            await().until(() -> server.active() == 0);
            assertThat(server.connection().received().getLast().payload()).isEqualTo(Command.QUIT.payload());
        }
    }

    @Test
    void pipelineGoesOnBehindTheChange() throws Exception {
        script = c -> {
            untilChange(c);
            acceptNative(c, "pw2");
            c.serve();
        };
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.stream().raw(new PayloadWriter().bytes(PacketStream.frame(0, CHANGE))
                    .bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT behind")))
                    .bytes(PacketStream.frame(0, Command.PING.payload())).toByteArray());

            assertOk(client.stream().read());
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("behind");
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
        }
    }

    /** A proxy whose script decides on the first login at once, and on the second when it is told to. */
    private TestProxy deciding(Promise<Void> second, AtomicInteger logins, Address next) {
        return TestProxy.startLater(LOGIN_ONLY, event -> logins.getAndIncrement() == 0
                ? Future.succeededFuture(TestProxy.connect(event, server.address()))
                : decideLater(event, second, next));
    }

    private static Future<Decision> decideLater(ScriptEvent event, Promise<Void> when, Address next) {
        Decision decision = TestProxy.connect(event, next);
        return when.future().map(decision);
    }

    @Test
    void serverThatClosesWhileTheScriptDecidesIsConnectedToAnew() throws Exception {
        Promise<Void> second = Promise.promise();
        AtomicInteger logins = new AtomicInteger();
        Promise<Void> close = Promise.promise();
        script = c -> {
            c.greet();
            c.acceptAll();
            if (c.index() == 0) {
                c.expect(Command.PING.payload());
                c.ok();
                close.future().await();
                c.stream().wire().shutdownOutput();
                c.expectEnd();
            } else {
                c.serve();
            }
        };
        try (TestProxy proxy = deciding(second, logins, server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);
            await().until(() -> logins.get() == 2);
            close.complete();
            await().until(() -> server.active() == 0);
            second.complete();

            assertOk(client.stream().read());
            client.ping();
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void serverThatSaysGoodbyeWhileTheScriptDecidesIsConnectedToAnew() throws Exception {
        Promise<Void> second = Promise.promise();
        AtomicInteger logins = new AtomicInteger();
        Promise<Void> shutDown = Promise.promise();
        script = c -> {
            c.greet();
            c.acceptAll();
            if (c.index() == 0) {
                c.expect(Command.PING.payload());
                c.ok();
                shutDown.future().await();
                c.send(0, GOODBYE);
                c.expectEnd();
            } else {
                c.serve();
            }
        };
        try (TestProxy proxy = deciding(second, logins, server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);
            await().until(() -> logins.get() == 2);
            shutDown.complete();
            await().until(() -> server.active() == 0);
            second.complete();

            assertOk(client.stream().read());
            client.ping();
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void nodeThatIsLeftWhileTheScriptDecidesIsLeftAndTheSessionGoesOn() throws Exception {
        Promise<Void> second = Promise.promise();
        AtomicInteger logins = new AtomicInteger();
        Upstream upstream = Upstream.of(server.address());
        try (FakeServer other = FakeServer.start(Endpoints.tcp(0), ChangeUserCommandTest::serve);
                TestProxy proxy = TestProxy.startLater(LOGIN_ONLY, event -> logins.getAndIncrement() == 0
                        ? Future.succeededFuture(at(event, upstream))
                        : decideLater(event, second, other.address()));
                RawClient client = login(proxy)) {
            client.send(CHANGE);
            await().until(() -> logins.get() == 2);

            proxy.leave(new SessionBus.Leave(upstream, Set.of(server.address()), false, "it is dead"));

            await().until(() -> server.active() == 0);
            assertThat(server.connection().received().getLast().payload()).isEqualTo(Command.QUIT.payload());
            second.complete();
            assertOk(client.stream().read());
            client.ping();
        }
    }

    @Test
    void nodeThatIsLeftWhileItChangesTheUserEndsTheSession() throws Exception {
        Upstream upstream = Upstream.of(server.address());
        script = c -> {
            untilChange(c);
            c.stall();
        };
        try (TestProxy proxy = TestProxy.start(LOGIN_ONLY, event -> at(event, upstream));
                RawClient client = login(proxy)) {
            client.send(CHANGE);
            await().until(() -> server.connection().received().size() == 3);

            proxy.leave(new SessionBus.Leave(upstream, Set.of(server.address()), false, "it is dead"));

            assertError(client.stream().read(), 1, 1043, "08S01", "Node is unavailable");
            client.expectEnd();
        }
    }

    private static Decision at(ScriptEvent event, Upstream upstream) {
        Decision.Connect decision = (Decision.Connect) TestProxy.connect(event, new Address.Abstract("unused"));
        return new Decision.Connect(upstream, decision.credentials(), decision.options());
    }

    @Test
    void clientThatLeavesMeanwhileTakesTheServerAlong() throws Exception {
        Promise<Void> never = Promise.promise();
        AtomicInteger logins = new AtomicInteger();
        try (TestProxy proxy = deciding(never, logins, server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);
            await().until(() -> logins.get() == 2);

            assertThat(proxy.disconnect("nobody")).isZero();
            assertThat(proxy.kill(proxy.list().getFirst().id())).isTrue();

            assertThat(client.stream().read().err().code()).isEqualTo(1927);
            await().until(() -> server.active() == 0);
            assertThat(server.connection().received().getLast().payload()).isEqualTo(Command.QUIT.payload());
        }
    }

    @Test
    void serverWithoutPluginsIsConnectedToAnew() throws Exception {
        script = c -> {
            c.greet(Greeting.mysql(ServerConnection.randomSalt()).without(Flags.PLUGIN_AUTH | Flags.CONNECT_ATTRS
                    | Flags.PLUGIN_AUTH_LENENC));
            c.acceptAll();
            c.serve();
        };
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertOk(client.stream().read());
            client.ping();
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void serverThatSaidGoodbyeBeforeHasAnsweredWithThat() throws Exception {
        script = c -> {
            c.greet();
            c.acceptAll();
            c.expect(Command.PING.payload());
            c.ok();
            c.send(0, GOODBYE);
            c.stall();
        };
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            assertError(client.stream().read(), 0, 1053, "08S01", "Server shutdown in progress");

            client.send(CHANGE);

            client.expectEnd();
        }
    }

    @Test
    void serverThatAnswersWithNonsenseEndsTheSession() throws Exception {
        script = c -> {
            untilChange(c);
            c.authMore((byte) 3);
            c.stall();
        };
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertError(client.stream().read(), 1, 1043, "08S01", "Unexpected server reply to COM_CHANGE_USER");
            client.expectEnd();
        }
    }

    @Test
    void serverThatDiesWhileItChangesTheUserEndsTheSession() throws Exception {
        script = ChangeUserCommandTest::untilChange;
        try (TestProxy proxy = TestProxy.to(server.address()); RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertError(client.stream().read(), 1, 1043, "08S01", "Server closed the connection");
            client.expectEnd();
        }
    }

    @Test
    void serverThatNeverAnswersIsNotWaitedForForEver() throws Exception {
        script = c -> {
            untilChange(c);
            c.stall();
        };
        SessionSettings settings = new SessionSettings(Duration.ofSeconds(30), Duration.ofMillis(500),
                Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (TestProxy proxy = TestProxy.start(settings, LOGIN_ONLY,
                event -> TestProxy.connect(event, server.address())); RawClient client = login(proxy)) {
            client.send(CHANGE);

            assertError(client.stream().read(), 1, 1043, "08S01", "Connection error");
            client.expectEnd();
        }
    }
}
