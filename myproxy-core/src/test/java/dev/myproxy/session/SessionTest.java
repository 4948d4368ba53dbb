package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Handlers LOGIN_ONLY = Handlers.of(1);
    private static final Login LOGIN = Login.clear("joe", "secret");

    @Test
    void clientLogsInAndRunsAQuery() throws Exception {
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN.withDatabase("shop"));

            assertThat(client.query("SELECT 1").good().last().sequence()).isPositive();
            assertThat(server.connection().login().orElseThrow().user()).isEqualTo("joe");
            assertThat(server.connection().login().orElseThrow().database()).contains("shop");
        }
    }

    @Test
    void greetingIsUniqueAndRandom() throws Exception {
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient one = RawClient.connect(proxy.address());
                RawClient two = RawClient.connect(proxy.address())) {
            var first = one.readGreeting();
            var second = two.readGreeting();

            assertThat(first.plugin()).isEqualTo("caching_sha2_password");
            assertThat(first.connectionId()).isGreaterThanOrEqualTo(1L << 31).isNotEqualTo(second.connectionId());
            assertThat(first.salt()).isNotEqualTo(second.salt());
        }
    }

    @Test
    void clientsWishesReachTheServer() throws Exception {
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN.withCharset(255).withMaxPacket(4321).withAttributes(Map.of("program", "test"))
                    .with(Flags.INTERACTIVE).with(Flags.IGNORE_SPACE));

            Login sent = server.connection().login().orElseThrow();
            assertThat(sent.charset()).isEqualTo(255);
            assertThat(sent.maxPacket()).isEqualTo(4321);
            assertThat(sent.attributes()).containsEntry("program", "test");
            assertThat(sent.has(Flags.INTERACTIVE)).isTrue();
            assertThat(sent.has(Flags.IGNORE_SPACE)).isTrue();
        }
    }

    @Test
    void serverThatCantBeReachedIsAConnectionError() throws Exception {
        Address nobody = new Address.UnixPath("/nonexistent/mysqld.sock");
        try (TestProxy proxy = TestProxy.to(nobody); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            assertError(client.tryLogin(LOGIN), 2, 1043, "08S01", "Connection error");
            client.expectEnd();
        }
    }

    @Test
    void refusalOfTheScriptReachesTheClient() throws Exception {
        ByteString message = ByteString.of("no ".repeat(1000));
        try (TestProxy proxy = TestProxy.start(LOGIN_ONLY, _ -> new Decision.Refuse(message));
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            assertError(client.tryLogin(LOGIN), 2, 1043, "08S01", message.utf8());
            client.expectEnd();
        }
    }

    @Test
    void refusalBeforeTheGreetingHasNoSqlState() throws Exception {
        try (TestProxy proxy = TestProxy.start(Handlers.of(1, Handler.CONNECT),
                _ -> new Decision.Refuse(ByteString.of("go away")));
                RawClient client = RawClient.connect(proxy.address())) {
            Packet packet = client.stream().read();

            assertThat(packet.sequence()).isZero();
            assertThat(new String(packet.payload(), 3, packet.payload().length - 3, StandardCharsets.UTF_8))
                    .isEqualTo("go away");
            client.expectEnd();
        }
    }

    @Test
    void failureOfTheScriptIsHiddenFromTheClient() throws Exception {
        try (TestProxy proxy = TestProxy.start(LOGIN_ONLY, _ -> new Decision.Failed("config.lua:3: secret"));
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            assertError(client.tryLogin(LOGIN), 2, 1043, "08S01", "Lua error");
        }
    }

    @Test
    void clientThatDoesNotAnswerTheGreetingIsSentAway() throws Exception {
        try (TestProxy proxy = impatient(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            assertError(client.stream().read(), 1, 1043, "08S01", "Login timeout");
            client.expectEnd();
        }
    }

    @Test
    void clientThatDoesNotAnswerTheSwitchIsSentAway() throws Exception {
        try (TestProxy proxy = impatient(); RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.sendLogin(LOGIN.withAuth("mysql_native_password", new byte[20]));

            assertThat(client.stream().read().first()).isEqualTo(0xfe);
            assertError(client.stream().read(), 3, 1043, "08S01", "Login timeout");
            client.expectEnd();
        }
    }

    private static TestProxy impatient() {
        return TestProxy.start(
                new Handlers(1, Set.of(), ListenOptions.builder().loginTimeout(Duration.ofMillis(300)).build()),
                _ -> new Decision.Failed("not reached"));
    }

    @Test
    void errorArrivesThoughTheClientHasSentMore() throws Exception {
        Address nobody = new Address.UnixPath("/nonexistent/mysqld.sock");
        try (TestProxy proxy = TestProxy.to(nobody)) {
            for (int i = 0; i < 50; i++) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    client.readGreeting();
                    client.sendLogin(LOGIN);
                    client.stream().raw(new byte[100_000]);

                    assertThat(client.stream().read().err().code()).isEqualTo(1043);
                }
            }
        }
    }

    @Test
    void initDbGoesToTheScriptAndARefusalKeepsTheSession() throws Exception {
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.start(Handlers.of(1, Handler.INIT_DB), event -> switch (event) {
                    case ScriptEvent.InitDb(var _, var name) when name.equals(ByteString.of("bad")) ->
                        new Decision.Refuse(ByteString.of("not yours"));
                    case ScriptEvent.InitDb(var _, var name) -> new Decision.InitDb(ByteString.of("t_" + name.utf8()));
                    default -> TestProxy.connect(event, server.address());
                });
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);

            Err refused = client.run(Command.INIT_DB, "bad".getBytes(StandardCharsets.UTF_8)).err();
            assertThat(refused.code()).isEqualTo(1044);
            assertThat(refused.message()).isEqualTo("not yours");
            client.run(Command.INIT_DB, "good".getBytes(StandardCharsets.UTF_8)).good();
            client.ping();
            assertThat(server.connection().received()).extracting(p -> new String(p.payload(), StandardCharsets.UTF_8))
                    .contains("\2t_good").doesNotContain("\2bad");
        }
    }

    @Test
    void aShutdownAnswersTheCommandThatWaits() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.startLater(Handlers.of(1, Handler.INIT_DB), event -> {
                    if (event instanceof ScriptEvent.InitDb) {
                        asked.incrementAndGet();
                        return Promise.<Decision>promise().future();
                    }
                    return Future.succeededFuture(TestProxy.connect(event, server.address()));
                });
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            client.pieces(1).send(Command.INIT_DB.payload("x".repeat(10_000)));
            await().until(() -> asked.get() == 1);

            Future<Void> end = proxy.sessions().shutDown();

            assertError(client.stream().read(), 1, 1053, "08S01", "Server shutdown in progress");
            end.await();
        }
    }

    @Test
    void clientIsNotReadWhileItChangesItsUser() throws Exception {
        Promise<Candidates> never = Promise.promise();
        AtomicInteger logins = new AtomicInteger();
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.start(LOGIN_ONLY, event -> logins.getAndIncrement() == 0
                        ? TestProxy.connect(event, server.address())
                        : new Decision.Connect((_, _) -> never.future(),
                                new Credentials(ByteString.EMPTY, Secret.empty(), Optional.empty(), ByteString.EMPTY),
                                ConnectOptions.DEFAULT));
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            client.limit(Duration.ofSeconds(2));
            client.send("\21ann\0\4pw2\0shop\0-\0mysql_clear_password\0".getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> logins.get() == 2);

            assertThatThrownBy(() -> client.stream().raw(new byte[100_000_000])).isInstanceOf(IOException.class);
        }
    }

    @Test
    void paddedCommandDoesNotPassTheScriptBy() throws Exception {
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);
            byte[] change = new byte[100_000];
            change[0] = 0x11;
            client.send(change);

            assertThat(client.stream().read().err().code()).isEqualTo(1153);
            client.expectEnd();
            assertThat(server.connection().received()).noneMatch(packet -> packet.first() == 0x11);
        }
    }

    @Test
    void bothSidesCloseWhenTheClientLeaves() throws Exception {
        try (FakeServer server = serving(); TestProxy proxy = TestProxy.to(server.address())) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.readGreeting();
                client.login(LOGIN);
                assertThat(proxy.sessions().count()).isEqualTo(1);
            }
            await().untilAsserted(() -> assertThat(proxy.sessions().count()).isZero());
            await().untilAsserted(() -> assertThat(server.active()).isZero());
        }
    }

    @Test
    void serverThatClosesMidQueryGivesAnError() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
        });
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.login(LOGIN);

            Packet packet = client.query("SELECT SLEEP(1)").last();
            assertError(packet, 1, 1047, "08S01", "Server closed the connection");
            client.expectEnd();
        }
    }

    @Test
    void refusalInTheServersGreetingKeepsItsCode() throws Exception {
        byte[] tooMany = "\377\20\4Too many connections".getBytes(StandardCharsets.ISO_8859_1);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> c.send(0, tooMany));
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            assertError(client.tryLogin(LOGIN), 2, 1040, "08004", "Too many connections");
        }
    }

    @Test
    void flagThatTheServerLacksIsNamed() throws Exception {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> c.greet(
                c.greeting().without(Flags.DEPRECATE_EOF)));
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();

            assertThat(client.tryLogin(LOGIN.with(Flags.DEPRECATE_EOF)).err().message()).contains("DEPRECATE_EOF");
        }
    }

    @Test
    void commandsBehindTheHandshakeResponseKeepTheirOrder() throws Exception {
        try (FakeServer server = serving();
                TestProxy proxy = TestProxy.to(server.address());
                RawClient client = RawClient.connect(proxy.address())) {
            client.readGreeting();
            client.willUse(LOGIN);
            client.sendLogin(LOGIN);
            client.stream().write(0, (byte) 0x0e);

            assertThat(client.stream().read().sequence()).isEqualTo(2);
            assertThat(client.stream().read().sequence()).isEqualTo(1);
        }
    }

    private static FakeServer serving() throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
    }

    private static void assertError(Packet packet, int sequenceId, int code, String sqlState, String message) {
        assertThat(packet.sequence()).isEqualTo(sequenceId);
        assertThat(List.of(packet.err().code(), packet.err().sqlState(), packet.err().message()))
                .isEqualTo(List.of(code, sqlState, message));
    }
}
