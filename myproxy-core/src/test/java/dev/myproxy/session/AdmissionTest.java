package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits that hold for the clients of all listeners. */
class AdmissionTest {

    private static final OptionalInt ANY = OptionalInt.empty();
    private static final Err TOO_MANY = new Err(1040, "", "Too many connections");
    private static final Login JOE = Login.clear("joe", "");

    private FakeServer server;
    private TestProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
        proxy = TestProxy.start(Handlers.of(1), event -> {
            if (event instanceof ScriptEvent.HandshakeResponse login) {
                login.client()
                        .setAccount(Optional.of(login.user()).filter(user -> !user.equals(ByteString.of("nobody"))));
            }
            return TestProxy.connect(event, server.address());
        });
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
        assertThat(proxy.sessions().admissions()).extracting(AdmissionSnapshot::connections,
                AdmissionSnapshot::logins, AdmissionSnapshot::accounts).containsExactly(0, 0, 0);
    }

    private RawClient connect() throws IOException {
        return RawClient.connect(proxy.address());
    }

    private void assertFull() throws IOException {
        try (RawClient client = connect()) {
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.err()).isEqualTo(TOO_MANY);
            client.expectEnd();
        }
    }

    @Test
    void soManyMayBeConnected() throws Exception {
        try (RawClient first = connect().login(JOE)) {
            try (RawClient second = connect().login(JOE)) {
                proxy.sessions().limit(new ClientLimits(OptionalInt.of(1), ANY, ANY));
                assertFull();
                first.ping();
                second.ping();
            }
            await().until(() -> proxy.sessions().count() == 1);
            assertFull();
        }
        await().until(() -> proxy.sessions().count() == 0);
        connect().login(JOE).close();
        assertThat(proxy.sessions().admissions().refused()).isEqualTo(2);
    }

    @Test
    void soManyMayBeAtTheirLogin() throws Exception {
        proxy.sessions().limit(new ClientLimits(ANY, ANY, OptionalInt.of(1)));
        try (RawClient first = connect()) {
            first.readGreeting();
            assertFull();
            first.login(JOE);
            try (RawClient second = connect()) {
                second.readGreeting();
                assertFull();
            }
            await().until(() -> proxy.sessions().count() == 1);
            connect().login(JOE).close();
        }
    }

    @Test
    void anAccountMayHaveSoManySessions() throws Exception {
        proxy.sessions().limit(new ClientLimits(ANY, OptionalInt.of(1), ANY));
        try (RawClient first = connect().login(JOE)) {
            try (RawClient second = connect()) {
                Packet packet = second.tryLogin(JOE);
                assertThat(packet.sequence()).isEqualTo(2);
                assertThat(packet.err()).isEqualTo(new Err(1226, "42000",
                        "User 'joe' has exceeded the 'max_user_connections' resource (current value: 1)"));
                second.expectEnd();
            }
            connect().login(Login.clear("ann", "")).close();
            connect().login(Login.clear("nobody", "")).close();
            first.ping();
        }
        await().until(() -> proxy.sessions().count() == 0);
        connect().login(JOE).close();
        assertThat(server.connections()).as("the server was asked for the others only").hasSize(4);
    }
}
