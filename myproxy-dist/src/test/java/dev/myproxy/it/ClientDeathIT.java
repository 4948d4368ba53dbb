package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client goes away, phase by phase: its server connection is closed too, and no descriptor stays open. */
@ParameterizedClass
@ValueSource(strings = {"luajit", "luaj"})
class ClientDeathIT {

    private static final int TIMES = 10;

    private final SharedProxy proxy;
    private long descriptors;

    ClientDeathIT(String engine) {
        proxy = SharedProxy.of(engine);
    }

    /** What is opened once, at the first session, is open before the counting begins. */
    @BeforeEach
    void count() throws IOException, InterruptedException {
        try (FakeServer server = stalling(c -> {
            c.greet();
            c.acceptAll();
        }); RawClient client = proxy.loggedIn("main", server.address())) {
            assertThat(client.stream().wire().isOpen()).isTrue();
        }
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
            long previous = descriptors;
            descriptors = proxy.process().process().descriptors();
            return previous == descriptors;
        });
    }

    @AfterEach
    void nothingStaysOpen() {
        proxy.awaitDescriptors(descriptors);
    }

    @AfterAll
    static void nothingIsLost() throws IOException, InterruptedException {
        SharedProxy.of("luajit").assertHealthy();
        SharedProxy.of("luaj").assertHealthy();
    }

    /** What a client does before it goes. */
    @FunctionalInterface
    private interface Start {
        void play(RawClient client) throws IOException;
    }

    private void withoutServer(String listener, Start start) throws IOException {
        for (int i = 0; i < TIMES; i++) {
            try (RawClient client = proxy.connect(listener)) {
                start.play(client);
                if (i % 2 == 1) {
                    client.stream().wire().reset();
                }
            }
        }
    }

    @Test
    void beforeTheGreeting() throws IOException {
        withoutServer("main", client -> {});
    }

    @Test
    void behindTheGreeting() throws IOException {
        withoutServer("main", RawClient::readGreeting);
    }

    @Test
    void whileOnConnectSleeps() throws IOException {
        withoutServer("connect-forever", client -> {});
    }

    @Test
    void whileOnHandshakeResponseSleeps() throws IOException {
        withoutServer("login-forever", client -> client.sendLogin(Login.clear("joe", "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 20, 50})
    void withinItsHandshakeResponse(int bytes) throws IOException {
        byte[] whole = PacketStream.frame(1, Login.clear("joe", "secret").write());
        withoutServer("main", client -> {
            client.readGreeting();
            client.stream().raw(Arrays.copyOf(whole, bytes));
        });
    }

    /** Each server connection must see its end once its client is gone. */
    private void withServer(FakeServer server, String listener, Start start) throws IOException {
        try (server) {
            for (int i = 0; i < TIMES; i++) {
                long served = server.connections().size();
                try (RawClient client = proxy.connect(listener)) {
                    client.sendLogin(Login.clear(account("joe", server.address()), "secret").with(Flags.LOCAL_FILES));
                    Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2))
                            .until(() -> server.connections().size() > served);
                    start.play(client);
                    if (i % 2 == 1) {
                        client.stream().wire().reset();
                    }
                }
            }
            Awaitility.await("ends of the server connections").until(() -> server.active() == 0);
            assertThat(server.connections()).hasSize(TIMES);
        }
    }

    @Test
    void whileTheServerDoesNotGreet() throws IOException {
        withServer(stalling(c -> {}), "main", client -> {});
    }

    @Test
    void whileTheServerChecksThePassword() throws IOException {
        withServer(stalling(c -> {
            c.greet();
            c.readLogin();
        }), "main", client -> {});
    }

    @Test
    void whileOnCommandPhaseSleeps() throws IOException {
        withServer(stalling(c -> {
            c.greet();
            c.acceptAll();
        }), "phase-forever", client -> assertThat(client.stream().read().isOk()).isTrue());
    }

    @Test
    void whileIdle() throws IOException {
        withServer(stalling(c -> {
            c.greet();
            c.acceptAll();
        }), "main", client -> assertThat(client.stream().read().isOk()).isTrue());
    }

    @Test
    void afterSayingGoodBye() throws IOException {
        withServer(stalling(c -> {
            c.greet();
            c.acceptAll();
            c.expect(Command.QUIT.payload());
        }), "main", client -> {
            assertThat(client.stream().read().isOk()).isTrue();
            client.send(Command.QUIT.payload());
        });
    }

    @Test
    void whileACommandRuns() throws IOException {
        withServer(stalling(c -> {
            c.greet();
            c.acceptAll();
            c.read();
        }), "main", client -> {
            assertThat(client.stream().read().isOk()).isTrue();
            client.send(Command.QUERY.payload("x"));
        });
    }

    @Test
    void withinACommand() throws IOException {
        withServer(stalling(c -> {
            c.greet();
            c.acceptAll();
        }), "main", client -> {
            assertThat(client.stream().read().isOk()).isTrue();
            client.stream().raw(new PayloadWriter().u24(1000).u8(0).u8(3).text("SELECT").toByteArray());
        });
    }

    @Test
    void withinAResult() throws IOException {
        withServer(FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.definitions(List.of("a"));
            // Until the daemon closes: the write fails then.
            String megabyte = "x".repeat(1 << 20);
            for (int i = 0; i < 100_000; i++) {
                c.row(List.of(megabyte));
            }
        }), "main", client -> {
            assertThat(client.stream().read().isOk()).isTrue();
            client.send(Command.QUERY.payload("x"));
            for (int i = 0; i < 10; i++) {
                client.stream().read();
            }
        });
    }

    @Test
    void withinAnUpload() throws IOException {
        withServer(FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.localInfile("file");
        }), "main", client -> {
            assertThat(client.stream().read().isOk()).isTrue();
            client.send(Command.QUERY.payload("x"));
            client.stream().read();
            client.stream().raw(new PayloadWriter().u24(100_000).u8(2).zeros(50_000).toByteArray());
        });
    }

    /** A server that does the beginning and then waits for the end. */
    private static FakeServer stalling(FakeServer.Script beginning) throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            beginning.play(c);
            c.stall();
        });
    }
}
