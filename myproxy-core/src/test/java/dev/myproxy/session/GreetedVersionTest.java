package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.script.Decision;
import dev.myproxy.script.GreetedVersion;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which version clients are greeted with. */
class GreetedVersionTest {

    private static final Greeting SERVER = Greeting.mysql(ServerConnection.randomSalt());
    private static final GreetedVersion OF_SERVER = new GreetedVersion.OfServer();

    private static FakeServer server() throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(SERVER);
            c.acceptAll();
            c.serve();
        });
    }

    private static TestProxy proxy(FakeServer server, GreetedVersion version, Handler... handlers) {
        ListenOptions options = ListenOptions.builder().serverVersion(version).build();
        return TestProxy.start(new Handlers(1, Set.of(handlers), options), event -> {
            if (event instanceof ScriptEvent.Connect(var client)) {
                client.setServerVersion(ByteString.of(client.serverVersion() + " of the script"));
                return new Decision.Proceed();
            }
            return TestProxy.connect(event, server.address());
        });
    }

    private static String version(TestProxy proxy) throws IOException {
        try (RawClient client = RawClient.connect(proxy.address())) {
            return client.readGreeting().version();
        }
    }

    @Test
    void isAlwaysTheSameUnlessAskedFor() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = proxy(server, ListenOptions.DEFAULT.serverVersion());
                RawClient client = RawClient.connect(proxy.address()).login(Login.clear("joe", ""))) {
            assertThat(client.greeting().version()).isEqualTo("5.7.30");
            assertThat(version(proxy)).isEqualTo("5.7.30");
        }
    }

    @Test
    void isWhatTheListenerSays() throws Exception {
        try (FakeServer server = server();
                TestProxy proxy = proxy(server, new GreetedVersion.Fixed(ByteString.of("8.4.3")))) {
            assertThat(version(proxy)).isEqualTo("8.4.3");
        }
    }

    @Test
    void isThatOfTheServerOnceAClientWasThere() throws Exception {
        try (FakeServer server = server(); TestProxy proxy = proxy(server, OF_SERVER)) {
            assertThat(version(proxy)).isEqualTo("5.7.30");
            RawClient.connect(proxy.address()).login(Login.clear("joe", "")).close();

            assertThat(version(proxy)).isEqualTo(SERVER.version());
        }
    }

    @Test
    void isThatOfAServerThatAHealthCheckHasMet() throws Exception {
        try (FakeServer server = server(); TestProxy proxy = proxy(server, OF_SERVER)) {
            proxy.greeted(new SessionBus.Greeted(Upstream.of(server.address()), server.address(),
                    ByteString.of(SERVER.version()), new Capabilities(SERVER.capabilities())));

            await().untilAsserted(() -> assertThat(version(proxy)).isEqualTo(SERVER.version()));
        }
    }

    @Test
    void isNotThatOfAServerThatLetsNobodyIn() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(SERVER);
            c.readLogin();
            c.err(1045, "28000", "no");
        });
                TestProxy proxy = proxy(server, OF_SERVER);
                RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.tryLogin(Login.clear("joe", "")).err().code()).isEqualTo(1045);

            assertThat(version(proxy)).isEqualTo("5.7.30");
        }
    }

    @Test
    void theScriptSeesItAndMayChangeIt() throws Exception {
        try (FakeServer server = server(); TestProxy proxy = proxy(server, OF_SERVER, Handler.CONNECT)) {
            RawClient.connect(proxy.address()).login(Login.clear("joe", "")).close();

            assertThat(version(proxy)).isEqualTo(ByteString.of(SERVER.version()) + " of the script");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8\0"})
    void versionsAreTexts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GreetedVersion.Fixed(ByteString.of(text)));
    }
}
