package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import dev.myproxy.session.meters.Phase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rest of the daemon asks sessions for. */
class SessionRequestsTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final byte[] CHANGE_USER = "\21ann\0\4pw2\0shop\0-\0mysql_clear_password\0"
            .getBytes(StandardCharsets.ISO_8859_1);

    private volatile FakeServer.Script script = c -> {
        c.greet();
        c.acceptAll();
        c.serve();
    };
    private FakeServer server;
    private Upstream upstream;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> script.play(c));
        upstream = Upstream.of(server.address());
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private Decision connect(ScriptEvent event) {
        return connect(event, upstream);
    }

    private static Decision connect(ScriptEvent event, Upstream upstream) {
        if (event instanceof ScriptEvent.HandshakeResponse login) {
            login.client().setAccount(Optional.of(login.user()));
        }
        return new Decision.Connect(upstream,
                new Credentials(ByteString.of("u"), Secret.wrap(new byte[]{'p'}), Optional.empty(), ByteString.EMPTY),
                ConnectOptions.DEFAULT);
    }

    private TestProxy proxy() {
        return TestProxy.start(Handlers.of(1), this::connect);
    }

    private RawClient login(TestProxy proxy, String user) throws IOException {
        RawClient client = RawClient.connect(proxy.address());
        client.readGreeting();
        return client.login(Login.clear(user, "secret"));
    }

    private SessionBus.Leave leave(boolean readOnly) {
        return new SessionBus.Leave(upstream, Set.of(server.address()), readOnly, "it is dead");
    }

    private static void assertError(Packet packet, int sequenceId, int code, String sqlState, String message) {
        assertThat(packet.sequence()).isEqualTo(sequenceId);
        assertThat(packet.err()).isEqualTo(new Err(code, sqlState, message));
    }

    @Test
    void listShowsWhatSessionsDo() throws Exception {
        try (TestProxy proxy = proxy();
                RawClient client = login(proxy, "joe");
                RawClient greeted = RawClient.connect(proxy.address())) {
            greeted.readGreeting();
            client.query("SELECT 1").good();

            List<SessionSnapshot> sessions = proxy.list();

            assertThat(sessions).hasSize(2).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
            SessionSnapshot late = sessions.getLast();
            assertThat(late.phase()).isEqualTo(Phase.GREETING);
            assertThat(late.account()).isEmpty();
            assertThat(late.server()).isEmpty();
            SessionSnapshot early = sessions.getFirst();
            assertThat(early.phase()).isEqualTo(Phase.COMMAND);
            assertThat(early.account()).contains(ByteString.of("joe"));
            assertThat(early.name()).endsWith(" \"joe\"");
            assertThat(early.listener()).isEqualTo(proxy.address());
            assertThat(early.server()).contains(server.address());
            assertThat(early.queries()).isEqualTo(1);
            assertThat(early.receivedBytes()).isEqualTo(13);
            assertThat(early.sentBytes()).isPositive();
            assertThat(early.age()).isGreaterThanOrEqualTo(early.inPhase());
        }
    }

    @Test
    void killEndsOneSession() throws Exception {
        try (TestProxy proxy = proxy(); RawClient one = login(proxy, "joe"); RawClient two = login(proxy, "joe")) {
            long id = one.greeting().connectionId();

            assertThat(proxy.kill(id)).isTrue();

            assertError(one.stream().read(), 0, 1927, "08S01",
                    "Connection was killed: the administrator has ended this session");
            one.expectEnd();
            two.ping();
            assertThat(proxy.kill(id)).isFalse();
        }
    }

    @Test
    void disconnectEndsTheSessionsOfAnAccount() throws Exception {
        try (TestProxy proxy = proxy();
                RawClient one = login(proxy, "joe");
                RawClient two = login(proxy, "joe");
                RawClient other = login(proxy, "joey");
                RawClient nobody = RawClient.connect(proxy.address())) {
            nobody.readGreeting();

            int ended = proxy.disconnect("joe");

            assertThat(ended).isEqualTo(2);
            for (RawClient client : new RawClient[]{one, two}) {
                assertError(client.stream().read(), 0, 1927, "08S01",
                        "Connection was killed: the administrator has disconnected this account");
                client.expectEnd();
            }
            other.ping();
            nobody.login(LOGIN);
        }
    }

    @Test
    void disconnectCancelsAHandlerThatWaits() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (TestProxy proxy = TestProxy.startLater(Handlers.of(1, Handler.QUERY), event -> {
            if (event instanceof ScriptEvent.Query) {
                asked.incrementAndGet();
                return Promise.<Decision>promise().future();
            }
            return Future.succeededFuture(connect(event));
        }); RawClient client = login(proxy, "joe")) {
            client.send(Command.QUERY.payload("SELECT 1"));
            await().until(() -> asked.get() == 1);

            assertThat(proxy.disconnect("joe"))
                    .isEqualTo(1);

            assertThat(client.stream().read().sequence()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(proxy.gone()).hasSize(1));
        }
    }

    @Test
    void leaveEndsTheSessionsAtTheNode() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = login(proxy, "joe")) {
            proxy.leave(leave(true));
            proxy.leave(new SessionBus.Leave(Upstream.of(server.address()),
                    Set.of(server.address()), false, "another cluster"));
            proxy.leave(new SessionBus.Leave(upstream,
                    Set.of(new Address.Abstract("elsewhere")), false, "another server"));
            assertThat(proxy.list()).hasSize(1);
            client.ping();

            proxy.leave(leave(false));

            assertError(client.stream().read(), 0, 1047, "08S01", "Node is unavailable");
            client.expectEnd();
        }
    }

    @Test
    void leaveWhileACommandIsUnderWayAnswersIt() throws Exception {
        script = c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.stall();
        };
        try (TestProxy proxy = proxy(); RawClient client = login(proxy, "joe")) {
            client.send(Command.QUERY.payload("SELECT 1"));
            await().until(() -> server.connection().received().size() == 2);

            proxy.leave(leave(false));

            assertError(client.stream().read(), 1, 1047, "08S01", "Node is unavailable");
            client.expectEnd();
        }
    }

    @Test
    void leaveWhileTheServerIsLoggedInTo() throws Exception {
        script = c -> {
            c.greet();
            c.readLogin();
            c.stall();
        };
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.sendLogin(LOGIN);
            await().until(() -> !server.connections().isEmpty() && server.connection().login().isPresent());

            proxy.leave(leave(false));

            assertError(client.stream().read(), 2, 1043, "08S01", "Node is unavailable");
            client.expectEnd();
            await().until(() -> server.active() == 0);
        }
    }

    @Test
    void leaveWhileTheServerHasNotGreetedGoesOnToTheNextOne() throws Exception {
        script = c -> c.expectEnd();
        try (FakeServer next = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        })) {
            TriedServers tried = TriedServers.of(server.address(), next.address());
            upstream = tried;
            try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
                client.readGreeting();
                client.sendLogin(LOGIN);
                await().until(() -> server.active() == 1);

                proxy.leave(leave(false));

                assertThat(client.stream().read().isOk()).isTrue();
                client.ping();
                assertThat(tried.told()).as("nothing that counts against the first one").containsExactly("reached");
                await().until(() -> server.active() == 0);
            }
        }
    }

    @Test
    void leaveWhileTheLastServerHasNotGreetedSaysWhy() throws Exception {
        script = c -> c.expectEnd();
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.sendLogin(LOGIN);
            await().until(() -> server.active() == 1);

            proxy.leave(leave(false));

            assertError(client.stream().read(), 2, 1043, "08S01", "Node is unavailable");
            client.expectEnd();
        }
    }

    @Test
    void leaveKnowsTheUpstreamOfTheNewUser() throws Exception {
        Upstream old = upstream;
        Upstream next = Upstream.of(server.address());
        AtomicInteger logins = new AtomicInteger();
        try (TestProxy proxy = TestProxy.start(Handlers.of(1),
                event -> connect(event, logins.getAndIncrement() == 0 ? old : next));
                RawClient client = login(proxy, "joe")) {
            client.send(CHANGE_USER);
            assertThat(client.stream().read().isOk()).isTrue();

            proxy.leave(leave(false));
            client.ping();
            proxy.leave(new SessionBus.Leave(next, Set.of(server.address()), false, "dead"));

            assertError(client.stream().read(), 0, 1047, "08S01", "Node is unavailable");
        }
    }

    @Test
    void theOldServerCanBeLeftWhileTheNewUserWaits() throws Exception {
        Promise<Candidates> never = Promise.promise();
        AtomicInteger logins = new AtomicInteger();
        try (TestProxy proxy = TestProxy.start(Handlers.of(1),
                event -> connect(event, logins.getAndIncrement() == 0 ? upstream : (_, _) -> never.future()));
                RawClient client = login(proxy, "joe")) {
            client.send(CHANGE_USER);
            await().until(() -> logins.get() == 2);

            proxy.leave(leave(false));

            SessionSnapshot session = proxy.list()
                    .getFirst();
            assertThat(session.account()).contains(ByteString.of("ann"));
            assertThat(proxy.kill(session.id())).isTrue();
            assertThat(client.stream().read().sequence()).as("that of the answer to COM_CHANGE_USER").isEqualTo(1);
        }
    }

    @Test
    void killOfAClientThatHasNotAnswered() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            long id = client.readGreeting().connectionId();

            assertThat(proxy.kill(id)).isTrue();

            assertThat(client.stream().read().err().code()).isEqualTo(1927);
            client.expectEnd();
        }
    }
}
