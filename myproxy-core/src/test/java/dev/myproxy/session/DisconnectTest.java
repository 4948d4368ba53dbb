package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a script is told about sessions that are over. */
class DisconnectTest {

    private static final Login LOGIN = Login.clear("joe", "secret");

    private final Queue<ScriptEvent.Disconnect> ends = new ConcurrentLinkedQueue<>();
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

    private TestProxy proxy(Handlers handlers) {
        return TestProxy.start(handlers, event -> switch (event) {
            case ScriptEvent.Disconnect end -> {
                ends.add(end);
                yield new Decision.Failed("is not read");
            }
            case ScriptEvent.HandshakeResponse(var _, var user, var _, var _, var _, var _) when user
                    .equals(ByteString.of("bad")) ->
                new Decision.Refuse(ByteString.of("no"));
            default -> {
                event.client().setAccount(Optional.of(ByteString.of("account")));
                yield TestProxy.connect(event, server.address());
            }
        });
    }

    private TestProxy proxy() {
        return proxy(Handlers.of(1, Handler.DISCONNECT));
    }

    private ScriptEvent.Disconnect end() {
        await().until(() -> ends.size() == 1);
        return ends.remove();
    }

    @Test
    void numbersOfASession() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            client.query("SELECT 1").good();
            client.query("SELECT 2").good();
            client.send(Command.QUIT.payload());
            client.expectEnd();

            ScriptEvent.Disconnect end = end();

            assertThat(end.cause()).isEqualTo("client_quit");
            assertThat(end.client().isStale()).as("before the script has heard of it").isFalse();
            assertThat(end.session()).containsAllEntriesOf(Map.of("cause", "client_quit", "phase", "command", "queries",
                    2L, "account", ByteString.of("account"), "server", server.address().toString(), "listener",
                    proxy.address().toString(), "received_bytes", 2 * 13L + 5));
            assertThat((Double) end.session().get("total_ms")).isPositive();
        }
    }

    @Test
    void clientThatOnlyConnects() throws Exception {
        try (TestProxy proxy = proxy()) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.readGreeting();
            }

            assertThat(end().session()).containsEntry("cause", "client_closed").containsEntry("phase", "greeting")
                    .doesNotContainKeys("server", "account");
        }
    }

    @Test
    void clientThatIsRefused() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.tryLogin(Login.clear("bad", ""));

            assertThat(end().session()).containsEntry("cause", "script_refused").containsEntry("phase", "decision");
        }
    }

    @Test
    void clientWhoseSessionIsShutDown() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            proxy.sessions().shutDown().await();

            assertThat(end().cause()).isEqualTo("shutdown");
        }
    }

    @Test
    void clientThatTheAdministratorEnds() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            proxy.kill(client.greeting().connectionId());

            assertThat(end().session()).containsEntry("cause", "killed").containsEntry("phase", "command");
        }
    }

    @Test
    void clientWhoseAccountIsDisconnected() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            proxy.disconnect("account");

            assertThat(end().cause()).isEqualTo("account_disconnected");
        }
    }

    @Test
    void clientWhoseNodeIsUnavailable() throws Exception {
        Upstream upstream = Upstream.of(server.address());
        try (TestProxy proxy = TestProxy.start(Handlers.of(1, Handler.DISCONNECT), event -> {
            if (event instanceof ScriptEvent.Disconnect end) {
                ends.add(end);
            }
            return new Decision.Connect(upstream, new Credentials(ByteString.of("u"), Secret.empty(), Optional.empty(),
                    ByteString.EMPTY), ConnectOptions.DEFAULT);
        }); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            proxy.leave(new SessionBus.Leave(upstream, Set.of(server.address()), false, "dead"));

            assertThat(end().cause()).isEqualTo("node_unavailable");
        }
    }

    @Test
    void nobodyIsToldWithoutAHandler() throws Exception {
        try (TestProxy proxy = proxy(Handlers.of(1))) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.readGreeting();
                client.login(LOGIN);
            }
            await().untilAsserted(() -> assertThat(proxy.sessions().count()).isZero());
        }
        assertThat(ends).isEmpty();
    }
}
