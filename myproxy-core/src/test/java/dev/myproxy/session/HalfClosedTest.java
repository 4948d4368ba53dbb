package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.TestedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that closes its half of a connection, over each kind of channel, and a server that does not care. */
class HalfClosedTest {

    private static final Login LOGIN = Login.clear("joe", "");
    private static final SessionSettings IMPATIENT = new SessionSettings(Duration.ofSeconds(30),
            Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofMillis(200));

    private static FakeServer server(FakeServer.Script script) throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            script.play(c);
        });
    }

    private static TestProxy proxy(Sockets channels, SessionSettings settings, FakeServer server) {
        return TestProxy.startOn(channels, settings,
                Handlers.of(1), event -> Future.succeededFuture(TestProxy.connect(event, server.address())));
    }

    @ParameterizedTest
    @MethodSource("dev.myproxy.transport.TestedTransport#kinds")
    void answersArriveBehindTheEndOfTheCommands(Sockets channels) throws Exception {
        String text = "x".repeat(8 << 20);
        try (FakeServer server = server(c -> {
            c.expect(Command.QUERY.payload("SELECT 1"));
            c.expectEnd();
            c.resultSet(List.of("a"), List.of(List.of(text)), Flags.AUTOCOMMIT);
        });
                TestProxy proxy = proxy(channels, SessionSettings.DEFAULT, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(Command.QUERY.payload("SELECT 1"));
            client.stream().wire().shutdownOutput();

            assertThat(client.reply(Command.QUERY).value()).isEqualTo(text);
            client.expectEnd();
            await().until(() -> proxy.sessions().count() == 0);
        }
    }

    /** It has been answered, and the server does not close. */
    @Test
    void serverThatStaysIsNotWaitedForForEver() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (FakeServer server = server(c -> {
            c.read();
            c.ok();
            over.await();
        });
                TestProxy proxy = proxy(TestedTransport.DEFAULT, IMPATIENT, server);
                RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.send(Command.QUERY.payload("DO 1"));
            client.stream().wire().shutdownOutput();

            assertThat(client.stream().read().isOk()).isTrue();
            client.expectEnd();
            await().until(() -> proxy.sessions().count() == 0);
            over.countDown();
        }
    }

    /** A client that leaves during its login over TCP can't be told from one that waits: it has a moment. */
    @Test
    void scriptThatDoesNotDecideForAClientThatIsGone() throws Exception {
        Promise<Decision> never = Promise.promise();
        try (TestProxy proxy = TestProxy.startLater(Handlers.of(1), _ -> never.future())) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.sendLogin(LOGIN);
                await().until(() -> proxy.list().stream().anyMatch(s -> s.phase() == Phase.DECISION));
            }
            await().until(() -> proxy.sessions().count() == 0);
        }
    }
}
