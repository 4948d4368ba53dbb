package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * KILL with ids of our greetings. A client's default database says which server it goes to: {@code a} or {@code b}; its user is
 * its account, or nobody's if that is {@code nobody}.
 */
class KillTest {

    private static final int FIRST_ID = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Queue<String> kills = new ConcurrentLinkedQueue<>();
    private volatile FakeServer.Script visit = this::serve;
    private FakeServer a;
    private FakeServer b;

    @BeforeEach
    void start() throws IOException {
        a = FakeServer.start(Endpoints.tcp(0), c -> play("a", c));
        b = FakeServer.start(Endpoints.tcp(0), c -> play("b", c));
    }

    @AfterEach
    void stop() throws IOException {
        a.close();
        b.close();
    }

    private void play(String name, ServerConnection c) throws Exception {
        Greeting mysql = c.greeting();
        c.greet(new Greeting(10, "8.0.36", FIRST_ID + c.index(), mysql.salt(), mysql.capabilities(), 255,
                Flags.AUTOCOMMIT, 21, 0, mysql.plugin()));
        if (c.readLogin().database().isEmpty()) {
            visit.play(c);
            return;
        }
        c.ok();
        while (true) {
            Packet command = c.read();
            if (command.first() == Command.QUIT.code()) {
                return;
            }
            String text = command.body().text(command.length() - 1);
            if (text.toUpperCase(Locale.ROOT).contains("KILL") || command.first() == 0x0c) {
                kills.add(name + ": " + text);
            }
            c.ok(text.equals("BEGIN") ? Flags.AUTOCOMMIT | 1 : Flags.AUTOCOMMIT);
        }
    }

    /** What a server does with a login without a default database, which is that of a KILL. */
    private void serve(ServerConnection c) throws IOException {
        c.ok();
        Packet command = c.read();
        kills.add("visit: " + command.body().text(command.length() - 1));
        c.ok(0x4000);
        assertThat(c.read().first()).isEqualTo(Command.QUIT.code());
        c.expectEnd();
    }

    private Decision decide(ScriptEvent event) {
        if (event instanceof ScriptEvent.Query query) {
            String sql = query.sql().utf8();
            return sql.startsWith("END ")
                    ? new Decision.Query(ByteString.of("KILL " + sql.substring(4)))
                    : new Decision.Proceed();
        }
        ScriptEvent.HandshakeResponse login = (ScriptEvent.HandshakeResponse) event;
        login.client().setAccount(
                login.user().utf8().equals("nobody") ? Optional.empty() : Optional.of(login.user()));
        FakeServer server = login.database().orElseThrow().utf8().equals("a") ? a : b;
        return new Decision.Connect(Upstream.of(server.address()), new Credentials(login.user(),
                Secret.wrap(login.password().copy()), Optional.empty(), login.database().orElseThrow()),
                ConnectOptions.DEFAULT);
    }

    private TestProxy proxy(Handler... handlers) {
        return TestProxy.start(Handlers.of(1, handlers), this::decide);
    }

    private static RawClient login(TestProxy proxy, String user, String database) throws IOException {
        return RawClient.connect(proxy.address()).login(Login.clear(user, "pw").withDatabase(database));
    }

    private static long id(RawClient client) throws IOException {
        return client.greeting().connectionId();
    }

    private static void assertOk(Packet packet, int sequenceId) {
        assertThat(packet.sequence()).isEqualTo(sequenceId);
        assertThat(packet.isOk()).as(packet.toString()).isTrue();
    }

    @Test
    void theServersIdTakesThePlaceOfOurs() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient killer = login(proxy, "joe", "a");
                RawClient target = login(proxy, "joe",
                        "a")) {
            killer.query("  KILL QUERY " + id(target) + ";").good();
            killer.query("/* timeout */ kill hard " + id(killer) + " -- me").good();
            killer.query("KILL QUERY " + (int) id(target)).good();
            killer.send(new PayloadWriter().u8(0x0c).u32(id(target)).toByteArray());
            assertOk(killer.stream().read(), 1);

            assertThat(kills).containsExactly("a:   KILL QUERY 101;", "a: /* timeout */ kill hard 100 -- me",
                    "a: KILL QUERY 101",
                    "a: e\0\0\0");
            target.ping();
        }
    }

    @Test
    void whatIsNoIdOfOursGoesToTheServerAsItIs() throws IOException {
        try (TestProxy proxy = proxy(); RawClient killer = login(proxy, "joe", "a")) {
            long nobody = id(killer) ^ 0x4000_0000;
            List<String> statements = List.of("KILL 101", "KILL QUERY CONNECTION_ID()", "KILL " + nobody,
                    "KILL " + id(killer) + "; SELECT 1", "KILL QUERY ID " + id(killer), "KILL -1", "KILL -5");
            for (String sql : statements) {
                killer.query(sql).good();
            }

            assertThat(kills).containsExactlyElementsOf(statements.stream().map(sql -> "a: " + sql).toList());
        }
    }

    @Test
    void anotherAccountsSessionIsNotForUs() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient killer = login(proxy, "joe", "a");
                RawClient target = login(proxy, "ann", "a");
                RawClient silent = RawClient.connect(proxy.address())) {
            silent.readGreeting();
            for (RawClient other : List.of(target, silent)) {
                Reply reply = killer.query("KILL " + id(other));

                assertThat(reply.err())
                        .isEqualTo(new Err(1095, "HY000", "You are not owner of thread " + id(other)));
            }
            killer.ping();
            target.ping();
            assertThat(kills).isEmpty();
            assertThat(proxy.list()).hasSize(3);
        }
    }

    @Test
    void withoutAccountsTheUserOfTheListenerCounts() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient killer = login(proxy, "nobody", "a");
                RawClient same = login(proxy, "nobody", "a");
                RawClient named = login(proxy, "joe", "a")) {
            killer.query("KILL " + id(same)).good();
            assertThat(killer.query("KILL " + id(named)).err().code()).isEqualTo(1095);
            assertThat(kills).containsExactly("a: KILL 101");
        }
    }

    @Test
    void itsTurnComesWhenWhatIsBeforeItIsAnswered() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient killer = login(proxy, "joe", "a");
                RawClient target = login(proxy, "ann",
                        "a")) {
            killer.pieces(3);
            byte[] ping = {0x0e};
            killer.send(ping);
            killer.send(Command.QUERY.payload("KILL " + id(target)));
            killer.send(ping);
            killer.send(Command.QUERY.payload("KILL " + id(killer)));
            killer.send(ping);

            assertOk(killer.stream().read(), 1);
            assertThat(killer.stream().read().err().code()).isEqualTo(1095);
            for (int i = 0; i < 3; i++) {
                assertOk(killer.stream().read(), 1);
            }
            assertThat(kills).containsExactly("a: KILL 100");
        }
    }

    @Test
    void theScriptIsAskedFirst() throws IOException {
        try (TestProxy proxy = proxy(Handler.QUERY);
                RawClient killer = login(proxy, "joe", "a");
                RawClient target = login(proxy, "joe", "a");
                RawClient foreign = login(proxy, "ann", "a")) {
            killer.query("KILL " + id(target)).good();
            killer.query("END QUERY " + id(target)).good();
            assertThat(killer.query("END QUERY " + id(foreign)).err().code()).isEqualTo(1095);
            killer.query("END QUERY 5").good();
            killer.ping();

            assertThat(kills).containsExactly("a: KILL 101", "a: KILL QUERY 101", "a: KILL QUERY 5");
        }
    }

    @Test
    void anotherServerIsLoggedInTo() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient target = login(proxy, "joe", "b");
                RawClient killer = login(proxy, "joe",
                        "a")) {
            killer.query("BEGIN").good();

            Reply reply = killer.query("/* x */ KILL SOFT QUERY " + id(target) + " # y");

            assertThat(reply.good().statuses()).as("the killer's own").containsExactly(Flags.AUTOCOMMIT | 1);
            assertThat(kills).containsExactly("visit: KILL SOFT QUERY 100");
            Login visitor = b.connection().login().orElseThrow();
            assertThat(visitor.user()).isEqualTo("joe");
            killer.send(new PayloadWriter().u8(0x0c).u32(id(target)).toByteArray());
            assertOk(killer.stream().read(), 1);
            assertThat(kills).contains("visit: KILL 100");
            killer.ping();
            target.ping();
            await().atMost(PATIENCE).until(() -> b.active() == 1);
        }
    }

    @Test
    void theOtherServersErrorIsTheClients() throws IOException {
        visit = c -> {
            c.ok();
            c.read();
            c.err(1094, "HY000", "Unknown thread id: 100");
            c.read();
        };
        try (TestProxy proxy = proxy();
                RawClient target = login(proxy, "joe", "b");
                RawClient killer = login(proxy, "joe",
                        "a")) {
            assertThat(killer.query("KILL " + id(target)).err())
                    .isEqualTo(new Err(1094, "HY000", "Unknown thread id: 100"));
            killer.ping();
        }
    }

    private void assertNotAsked(FakeServer.Script other) throws IOException {
        visit = other;
        try (TestProxy proxy = proxy();
                RawClient target = login(proxy, "joe", "b");
                RawClient killer = login(proxy, "joe",
                        "a")) {
            assertThat(killer.query("KILL " + id(target)).err()).isEqualTo(new Err(1105, "HY000", "Thread " + id(target)
                    + " is at another server than this connection, and that one could not be asked to KILL it"));
            killer.ping();
            target.ping();
            await().atMost(PATIENCE).until(() -> b.active() == 1);
        }
    }

    @Test
    void anotherServerThatRefusesTheLogin() throws IOException {
        assertNotAsked(c -> c.err(1045, "28000", "Access denied"));
    }

    @Test
    void anotherServerThatClosesInsteadOfAnswering() throws IOException {
        assertNotAsked(c -> {
            c.ok();
            c.read();
        });
    }

    @Test
    void anotherServerThatAnswersNonsense() throws IOException {
        assertNotAsked(c -> {
            c.ok();
            c.read();
            c.send((byte) 1);
            c.stall();
        });
    }

    @Test
    void anotherServerIsAskedEvenIfTheKillerDoesNotWait() throws IOException {
        Promise<Void> gone = Promise.promise();
        visit = c -> {
            gone.future().await();
            serve(c);
        };
        try (TestProxy proxy = proxy(); RawClient target = login(proxy, "joe", "b")) {
            try (RawClient killer = login(proxy, "joe", "a")) {
                killer.send(Command.QUERY.payload("KILL " + id(target)));
                await().atMost(PATIENCE).until(() -> b.connections().size() == 2);
                killer.stream().wire().reset();
            }
            await().atMost(PATIENCE).until(() -> proxy.list().size() == 1);
            gone.complete();

            await().atMost(PATIENCE).until(() -> kills.contains("visit: KILL 100"));
        }
    }

    @Test
    void credentialsAreKeptOnlyForAccountsThatAreElsewhere() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient killer = login(proxy, "joe", "a");
                RawClient target = login(proxy, "joe",
                        "b")) {
            assertThat(killer.query("KILL " + id(target)).err()).isEqualTo(new Err(1105, "HY000", "Thread "
                    + id(target) + " is at another server than this connection: KILL it through a new connection"));
            killer.ping();
            assertThat(kills).isEmpty();
            try (RawClient fresh = login(proxy, "joe", "a")) {
                fresh.query("KILL " + id(target)).good();
            }
            assertThat(kills).containsExactly("visit: KILL 100");
            assertThat(proxy.sessions().residences().owners()).isEqualTo(1);
        }
    }

    @Test
    void aSessionWithoutAServerEnds() throws IOException {
        Promise<Decision> never = Promise.promise();
        try (TestProxy proxy = TestProxy.startLater(Handlers.of(1),
                event -> {
                    Decision decision = decide(event);
                    return ((ScriptEvent.HandshakeResponse) event).database().orElseThrow().utf8().equals("b")
                            ? never.future()
                            : Future.succeededFuture(decision);
                });
                RawClient killer = login(proxy, "joe", "a");
                RawClient target = RawClient.connect(proxy.address())) {
            target.readGreeting();
            target.sendLogin(Login.clear("joe", "pw").withDatabase("b"));
            long waiting = id(target);
            await().atMost(PATIENCE).until(() -> proxy.list().stream()
                    .anyMatch(session -> session.id() == waiting && session.account().isPresent()));

            assertThat(killer.query("KILL QUERY " + id(target)).good().statuses()).containsExactly(Flags.AUTOCOMMIT);
            assertThat(proxy.list()).hasSize(2);
            killer.query("KILL " + id(target)).good();

            Packet end = target.stream().read();
            assertThat(end.sequence()).isEqualTo(2);
            assertThat(end.err()).isEqualTo(new Err(1927, "08S01", "Connection was killed"));
            target.expectEnd();
            killer.ping();
            assertThat(kills).isEmpty();
        }
    }

    private static byte[] becomeAnnAt(String database) {
        return new PayloadWriter().u8(0x11).nulText("ann").u8(3).text("pw").u8(0).nulText(database).u16(45)
                .nulText("mysql_clear_password").toByteArray();
    }

    @Test
    void anotherUserOnTheSameConnectionHasTheSameId() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient killer = login(proxy, "ann", "a");
                RawClient target = login(proxy, "joe",
                        "a")) {
            target.send(becomeAnnAt("a"));
            assertOk(target.stream().read(), 1);

            killer.query("KILL " + id(target)).good();

            assertThat(kills).containsExactly("a: KILL 101");
            assertThat(proxy.sessions().residences().owners()).isEqualTo(1);
        }
    }

    @Test
    void afterAChangeOfTheUserTheNewConnectionIsMeant() throws IOException {
        try (TestProxy proxy = proxy();
                RawClient other = login(proxy, "joe", "b");
                RawClient target = login(proxy, "joe", "a");
                RawClient early = login(proxy, "ann", "a")) {
            target.send(becomeAnnAt("b"));
            assertOk(target.stream().read(), 1);
            assertThat(early.query("KILL " + id(target)).err().code()).as("it logged in before").isEqualTo(1105);
            try (RawClient killer = login(proxy, "ann", "b")) {
                killer.query("KILL " + id(target)).good();
                assertThat(killer.query("KILL " + id(other)).err().code()).isEqualTo(1095);
            }
            assertThat(kills).containsExactly("b: KILL 101");
        }
    }
}
