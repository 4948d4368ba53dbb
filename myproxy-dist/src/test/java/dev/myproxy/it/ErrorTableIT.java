package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients are told when the login at a server fails. */
class ErrorTableIT {

    private static final Err CONNECTION_ERROR = new Err(1043, "08S01", "Connection error");
    private static final Err MALFORMED = new Err(1043, "08S01", "Malformed packet from server");

    private final SharedProxy proxy = SharedProxy.standard();

    @TempDir
    private Path directory;

    @Test
    void nobodyListens() throws IOException {
        assertThat(refusal(Endpoints.tcp(Endpoints.freePort()))).isEqualTo(CONNECTION_ERROR);
        assertThat(refusal(Endpoints.unix(directory.resolve("none")))).isEqualTo(CONNECTION_ERROR);
        assertThat(refusal(new Address.Abstract("no-such-name"))).isEqualTo(CONNECTION_ERROR);
    }

    @ParameterizedTest
    @CsvSource({"1040,08004,Too many connections", "1129,HY000,Host 'x' is blocked",
            "1130,HY000,Host 'x' is not allowed to connect"})
    void anErrInsteadOfTheServersGreetingReachesTheClientWhole(int code, String sqlState, String message)
            throws IOException {
        // Before the login, servers send no SQLSTATE.
        assertThat(refusal(c -> c.err(code, "", message))).isEqualTo(new Err(code, sqlState, message));
        assertThat(refusal(c -> c.err(code, "08S02", message))).isEqualTo(new Err(code, "08S02", message));
    }

    @Test
    void theServerGreetsWithAnErrOfThreeBytes() throws IOException {
        Err err = refusal(c -> c.send((byte) 0xff, (byte) 0x10, (byte) 4));
        assertThat(err.code()).isEqualTo(1040);
        assertThat(err.sqlState()).isEqualTo("08004");
    }

    @Test
    void theServerRefusesTheLogin() throws IOException {
        Err err = new Err(1045, "28000", "Access denied, and that at length: " + "x".repeat(2000));
        assertThat(refusal(c -> {
            c.greet();
            c.readLogin();
            c.err(err.code(), err.sqlState(), err.message());
        })).isEqualTo(err);
    }

    @Test
    void theServerRefusesTheLoginWithoutSqlState() throws IOException {
        Err err = refusal(c -> {
            c.greet();
            c.readLogin();
            c.err(3118, "", "Account is locked");
        });
        assertThat(err).isEqualTo(new Err(3118, "HY000", "Account is locked"));
    }

    static List<byte[]> brokenGreetings() {
        byte[] whole = Greeting.mysql(ServerConnection.randomSalt()).write();
        return List.of(new byte[0], new byte[]{10}, new byte[]{11, 0, 1, 2, 3, 4}, new byte[]{42},
                java.util.Arrays.copyOf(whole, 20), java.util.Arrays.copyOf(whole, 9),
                new PayloadWriter().u8(10).text("x".repeat(3000)).toByteArray(), new byte[]{(byte) 0xff},
                new byte[]{(byte) 0xff, 1});
    }

    @ParameterizedTest
    @MethodSource("brokenGreetings")
    void theServerGreetsWithGarbage(byte[] payload) throws IOException {
        assertThat(refusal(c -> {
            c.send(payload);
            c.stall();
        })).isEqualTo(MALFORMED);
    }

    @Test
    void theServerSpeaksAnOldProtocol() throws IOException {
        Err err = refusal(c -> {
            c.greet(Greeting.mysql(ServerConnection.randomSalt()).withProtocol(9));
            c.stall();
        });
        assertThat(err.code()).isEqualTo(1043);
        assertThat(err.sqlState()).isEqualTo("08S01");
    }

    static List<byte[]> brokenAnswers() {
        return List.of(new byte[0], new byte[]{0}, new byte[]{0, 0}, new byte[]{(byte) 0xfe},
                new byte[]{(byte) 0xff, 1});
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void aMalformedAnswerToTheLoginIsAnErrorOfTheLogin(byte[] payload) throws IOException {
        assertThat(refusal(c -> {
            c.greet();
            c.readLogin();
            c.send(payload);
            c.stall();
        })).isEqualTo(MALFORMED);
    }

    @Test
    void theServerAnswersTheLoginWithSomethingElse() throws IOException {
        Err err = refusal(c -> {
            c.greet();
            c.readLogin();
            c.send((byte) 0x17, (byte) 1);
            c.stall();
        });
        assertThat(err).isEqualTo(new Err(1043, "08S01", "Unexpected server reply to HandshakeResponse"));
    }

    @Test
    void whatTheServerLacksIsNamedInTheError() throws IOException {
        Err err = refusal(c -> {
            c.greet(Greeting.mysql(ServerConnection.randomSalt()).without(Flags.DEPRECATE_EOF));
            c.stall();
        });
        assertThat(err.code()).isEqualTo(1043);
        assertThat(err.sqlState()).isEqualTo("08S01");
        assertThat(err.message()).containsIgnoringCase("DEPRECATE_EOF");
    }

    @Test
    void theTargetIsNoAddress() throws IOException {
        try (RawClient client = proxy.connect()) {
            Packet packet = client.tryLogin(Login.clear("joe not.a.number", ""));
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err()).isEqualTo(new Err(1043, "08S01", "Lua error"));
        }
    }

    private Err refusal(FakeServer.Script script) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), script)) {
            return refusal(server.address());
        }
    }

    /** At a listener that need not offer what other tests rely on. */
    private Err refusal(Address server) throws IOException {
        try (RawClient client = proxy.connect("old")) {
            Packet packet = client.tryLogin(Login.clear(account("joe", server), "secret"));
            assertThat(packet.sequence()).isEqualTo(2);
            client.expectEnd();
            return packet.err();
        }
    }
}
