package dev.myproxy.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The raw client and the scripted server, each as the measure of the other. */
class FakeServerTest {

    @TempDir
    private Path directory;

    @Test
    void answersOverTcp() throws IOException {
        queriesWork(Endpoints.tcp(0));
    }

    @Test
    void answersOverUnixSocket() throws IOException {
        queriesWork(Endpoints.unix(directory.resolve("s")));
    }

    @Test
    void answersOverAbstractSocket() throws IOException {
        queriesWork(new Address.Abstract("peers-" + UUID.randomUUID()));
    }

    private static void queriesWork(Address address) throws IOException {
        try (FakeServer server = FakeServer.start(address, c -> {
            c.greet();
            Login login = c.readLogin();
            assertThat(ServerAuth.nativePassword(login.auth(), c.greeting().salt(), "secret")).isTrue();
            c.ok();
            c.serve();
        }); RawClient client = RawClient.connect(server.address())) {
            client.loginNative(Login.clear("joe", "").withDatabase("shop").withAttributes(Map.of("k", "v")), "secret");
            assertThat(client.query("SELECT one").value()).isEqualTo("one");
            client.ping();
            Login seen = server.connection().login().orElseThrow();
            assertThat(seen.user()).isEqualTo("joe");
            assertThat(seen.database()).contains("shop");
            assertThat(seen.attributes()).containsExactly(Map.entry("k", "v"));
            assertThat(seen.charset()).isEqualTo(45);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resultsHaveTheFormThatTheClientNegotiated(boolean deprecateEof) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.resultSet(List.of("a", "b"), List.of(List.of("1", ""), List.of("", "2")), Flags.MORE_RESULTS);
            c.ok(Flags.MORE_RESULTS);
            c.resultSet(List.of("a"), List.of(), Flags.AUTOCOMMIT);
        }); RawClient client = RawClient.connect(server.address())) {
            Login login = Login.clear("u", "p");
            client.login(deprecateEof ? login : login.without(Flags.DEPRECATE_EOF));
            Reply reply = client.query("x");
            assertThat(reply.rows()).isEqualTo(2);
            assertThat(reply.statuses()).containsExactly(Flags.MORE_RESULTS, Flags.MORE_RESULTS, Flags.AUTOCOMMIT);
            assertThat(reply.packetCount()).isEqualTo(deprecateEof ? 1 + 2 + 2 + 1 + 1 + 1 + 1 + 1 : 12);
            client.expectEnd();
        }
    }

    @Test
    void measuringKeepsNothingButSeesTheSameBytes() throws IOException {
        byte[] row = new PayloadWriter().lenencBytes(new byte[Packet.MAX + 5]).toByteArray();
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            for (int i = 0; i < 2; i++) {
                c.read();
                c.definitions(List.of("big"));
                c.send(row);
                c.eof(0);
            }
        }); RawClient client = RawClient.connect(server.address())) {
            client.login(Login.clear("u", "p"));
            Reply kept = client.query("x");
            Reply measured = client.measure("x");
            assertThat(measured.packets()).isEmpty();
            assertThat(measured.checksum()).isEqualTo(kept.checksum());
            assertThat(measured.bytes()).isEqualTo(kept.bytes()).isGreaterThan(Packet.MAX);
            assertThat(measured.rows()).isEqualTo(1);
        }
    }

    @Test
    void aGapInTheSequenceIsNoticed() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.send(5, new byte[]{0, 0, 0, 2, 0, 0, 0});
        }); RawClient client = RawClient.connect(server.address())) {
            client.login(Login.clear("u", "p"));
            assertThatThrownBy(() -> client.query("x")).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("sequence id should be 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix"})
    void cachingSha2IsPlayedInFull(String kind) throws IOException {
        Address address = kind.equals("tcp") ? Endpoints.tcp(0) : Endpoints.unix(directory.resolve("s"));
        try (FakeServer server = FakeServer.start(address, c -> {
            c.greet(Greeting.mysql(ServerConnection.randomSalt()).withPlugin("caching_sha2_password"));
            c.readLogin();
            assertThat(ServerAuth.cachingSha2Full(c, c.greeting().salt(), "secret")).isTrue();
            c.ok();
        }); RawClient client = RawClient.connect(server.address())) {
            byte[] scramble = Scrambles.cachingSha2("secret", client.greeting().salt());
            Packet more = client.tryLogin(Login.clear("u", "").withAuth("caching_sha2_password", scramble));
            assertThat(more.payload()).containsExactly(1, 4);
            if (kind.equals("unix")) {
                client.stream().write(3, Scrambles.clear("secret"));
            } else {
                client.stream().write(3, (byte) 2);
                client.stream().write(5,
                        RsaAnswer.encrypt(client.stream().read().payload(), "secret".getBytes(StandardCharsets.UTF_8),
                                client.greeting().salt()));
            }
            assertThat(client.stream().read().isOk()).isTrue();
        }
    }

    @Test
    void authSwitchesAreCounted() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.readLogin();
            for (int i = 0; i < 3; i++) {
                c.authSwitch("mysql_clear_password", (byte) 0);
                c.expect(Scrambles.clear("p" + i));
            }
            c.err(1045, "28000", "no");
        }); RawClient client = RawClient.connect(server.address())) {
            Packet answer = client.tryLogin(Login.clear("u", "p"));
            for (int i = 0; i < 3; i++) {
                assertThat(answer.first()).isEqualTo(0xfe);
                client.stream().write(answer.sequence() + 1, Scrambles.clear("p" + i));
                answer = client.stream().read();
            }
            assertThat(answer.sequence()).isEqualTo(8);
            assertThat(answer.err()).isEqualTo(new Err(1045, "28000", "no"));
            client.expectEnd();
        }
    }

    @Test
    void localInfileAndPipelinedBytesArrive() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            assertThat(c.localInfile("f")).isEqualTo(5);
            c.ok();
            c.expect(Command.PING.payload());
            c.ok();
        }); RawClient client = RawClient.connect(server.address())) {
            client.login(Login.clear("u", "p")).pieces(1);
            assertThat(client.query("LOAD").wantsFile()).isTrue();
            client.stream().write(2, new byte[5]);
            client.stream().write(3);
            assertThat(client.reply(Command.PING, 4, true).last().isOk()).isTrue();
            client.ping();
        }
    }

    @Test
    void silenceEndsAtTheTimeLimit() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), ServerConnection::stall);
                RawClient client = RawClient.connect(server.address()).limit(Duration.ofMillis(50))) {
            assertThatThrownBy(client::readGreeting).isInstanceOf(SocketTimeoutException.class);
            assertThat(client.stream().isQuiet(Duration.ofMillis(10))).isTrue();
        }
    }

    @Test
    void aPeerThatReadsNothingEndsAtTheTimeLimit() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        }); RawClient client = RawClient.connect(server.address()).limit(Duration.ofMillis(100))) {
            assertThatThrownBy(() -> client.stream().write(0, new byte[64 << 20]))
                    .isInstanceOf(SocketTimeoutException.class);
            over.countDown();
        }
    }

    @Test
    void aFalseAssertionInAScriptFailsTheTest() throws IOException {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> assertThat(1).isEqualTo(2));
        try (RawClient client = RawClient.connect(server.address())) {
            client.expectEnd();
        }
        assertThatThrownBy(server::close).isInstanceOf(AssertionError.class).hasMessageContaining("script");
    }

    @Test
    void aResetIsSeenAsOne() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), ServerConnection::reset);
                RawClient client = RawClient.connect(server.address())) {
            assertThatThrownBy(client::readGreeting).isInstanceOf(IOException.class).hasMessageContaining("reset");
        }
    }
}
