package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.proxyheader.HeaderVersion;
import dev.myproxy.script.ServerLink;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.tls.ServerTls;
import dev.myproxy.tls.ServerTlsOptions;
import dev.myproxy.tls.TestEngines;
import dev.myproxy.tls.TestPki;
import dev.myproxy.tls.Verification;
import javax.net.ssl.SSLEngine;
import dev.myproxy.peers.Flags;
import java.util.Optional;
import java.util.HexFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCheckTest {

    private final Checks checks = new Checks();

    @AfterEach
    void stop() {
        checks.close();
    }

    @Test
    void nobodyListens() throws Exception {
        Address nobody = Endpoints.tcp(Endpoints.freePort());

        CheckResult result = checks.check(nobody, CheckSettings.GREETING);

        assertThat(result.state()).isEqualTo(NodeState.DEAD);
        assertThat(result.reason()).isEqualTo("Failed to connect to " + nobody + ": Connection refused");
        assertThat(result.lag()).isEmpty();
        assertThat(result.greeting()).isEmpty();
    }

    @Test
    void aSocketThatIsNotThere(@TempDir Path directory) {
        CheckResult result = checks.check(Endpoints.unix(directory.resolve("none")), CheckSettings.GREETING);

        assertThat(result.reason()).endsWith(": No such file or directory");
    }

    /** LOCAL, and then the login. */
    @Test
    void serversThatWantAHeaderAreToldThatNobodyStandsBehindIt() throws Exception {
        ByteBuffer header = ByteBuffer.allocate(16);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.stream().wire().readFully(header);
            c.greet();
            c.acceptAll();
        })) {
            CheckResult result = checks.check(server.address(), CheckSettings.GREETING,
                    new ServerLink(Optional.of(HeaderVersion.V2)));

            assertThat(result.state()).isEqualTo(NodeState.ALIVE);
            assertThat(HexFormat.of().formatHex(header.array())).isEqualTo("0d0a0d0a000d0a515549540a20000000");
        }
    }

    @Test
    void checksAreEncryptedLikeSessions() throws Exception {
        ServerTls tls = ServerTls.of(new ServerTlsOptions(Verification.NONE, Optional.empty(), Optional.empty(),
                Optional.empty()));
        CompletableFuture<Boolean> encrypted = new CompletableFuture<>();
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(c.greeting().with(Flags.SSL));
            c.read();
            SSLEngine engine = TestEngines.of(TestPki.create().forLocalhost());
            engine.setUseClientMode(false);
            c.stream().encrypt(engine);
            encrypted.complete(c.acceptAll().has(Flags.SSL));
        })) {
            CheckResult result = checks.check(server.address(), Checks.LOGIN,
                    new ServerLink(Optional.empty(), Optional.of(tls)));

            assertThat(result.reason()).isEqualTo("ok");
            assertThat(result.state()).isEqualTo(NodeState.ALIVE);
            assertThat(encrypted).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
        }
    }

    @Test
    void withoutAnAccountTheGreetingDecidesAndTheHandshakeIsEndedPolitely() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();

        CheckResult result = checks.check(c -> {
            c.greet();
            Login login = c.readLogin();
            assertThat(login.user()).isEmpty();
            assertThat(login.auth()).isEmpty();
            c.err(1045, "28000", "Access denied for user ''@'here' (using password: NO)");
            c.expectEnd();
            ended.set(true);
        }, CheckSettings.GREETING);

        assertThat(result.state()).isEqualTo(NodeState.ALIVE);
        assertThat(result.reason()).isEqualTo("ok");
        Greeting greeting = Greeting.mysql(ServerConnection.randomSalt());
        assertThat(result.greeting()).contains(new CheckResult.Greeting(ByteString.of(greeting.version()),
                new Capabilities(greeting.capabilities())));
        assertThat(ended).isTrue();
    }

    @Test
    void withoutAnAccountItLeavesAServerThatLetsEverybodyIn() throws Exception {
        Asked everybody = new Asked("8.0.36");

        CheckResult result = checks.check(everybody, CheckSettings.GREETING);

        assertThat(result.state()).isEqualTo(NodeState.ALIVE);
        assertThat(everybody.statements()).isEmpty();
        assertThat(everybody.wasLeftPolitely()).isTrue();
    }

    @Test
    void withoutAnAccountItDoesNotWaitLongForTheAnswer() throws Exception {
        Duration limit = Duration.ofSeconds(60);

        CheckResult result = checks.check(c -> {
            c.greet();
            c.readLogin();
            c.expectEnd();
        }, Checks.within(limit, CheckSettings.GREETING));

        assertThat(result.state()).isEqualTo(NodeState.ALIVE);
        assertThat(result.took()).isLessThan(limit);
    }

    @Test
    void withoutAnAccountItDoesNotMindHowTheHandshakeEnds() throws Exception {
        assertThat(checks.check(c -> {
            c.greet();
            c.readLogin();
        }, CheckSettings.GREETING).state()).isEqualTo(NodeState.ALIVE);
        assertThat(checks.check(c -> {
            c.greet();
            c.readLogin();
            c.authSwitch("dialog");
            c.expectEnd();
        }, CheckSettings.GREETING).state()).isEqualTo(NodeState.ALIVE);
        assertThat(checks.check(c -> {
            c.greet();
            c.readLogin();
            c.err(1040, "08004", "Too many connections");
        }, CheckSettings.GREETING).state()).isEqualTo(NodeState.OVERLOADED);
    }

    @Test
    void anErrInThePlaceOfTheGreeting() throws Exception {
        CheckResult blocked = checks.check(
                c -> c.send(0, new PayloadWriter().u8(0xff).u16(1129).text("Host 'x' is\nblocked").toByteArray()),
                CheckSettings.GREETING);
        CheckResult full = checks.check(c -> c.send(0,
                new PayloadWriter().u8(0xff).u16(1040).text("#08004Too many connections").toByteArray()), Checks.LOGIN);

        assertThat(blocked.state()).isEqualTo(NodeState.DEAD);
        assertThat(blocked.reason()).isEqualTo("Connection rejected by server: Host 'x' is blocked");
        assertThat(full.state()).isEqualTo(NodeState.OVERLOADED);
        assertThat(full.reason()).isEqualTo("overloaded: Too many connections");
    }

    @Test
    void theServerCloses() throws Exception {
        assertThat(checks.check(c -> {}, Checks.LOGIN).reason())
                .isEqualTo("Server closed the connection while waiting for the greeting");
        assertThat(checks.check(c -> {
            c.greet();
            c.readLogin();
        }, Checks.LOGIN).reason()).isEqualTo("Server closed the connection while logging in");
        assertThat(checks.check(c -> {
            c.greet();
            c.acceptAll();
            c.read();
        }, Checks.readOnly()).reason()).isEqualTo(
                "Server closed the connection instead of answering SELECT @@global.read_only");
    }

    @Test
    void garbage() throws Exception {
        CheckResult http = checks.check(c -> {
            c.raw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            c.stall();
        }, Checks.LOGIN);
        CheckResult old = checks.check(c -> {
            c.greet(c.greeting().withProtocol(9));
            c.expectEnd();
        }, Checks.LOGIN);
        CheckResult reply = checks.check(c -> {
            c.greet();
            c.readLogin();
            c.send((byte) 7);
            c.expectEnd();
        }, Checks.LOGIN);

        assertThat(http.state()).isEqualTo(NodeState.DEAD);
        assertThat(http.reason()).startsWith("Malformed packet from server: ");
        assertThat(old.reason()).isEqualTo(
                "Malformed packet from server: Server speaks protocol version 9, which is not supported");
        assertThat(reply.reason()).isEqualTo("Unexpected server reply to HandshakeResponse");
    }

    @Test
    void greetingsOfAnyKind() throws Exception {
        for (Greeting greeting : new Greeting[]{Greeting.mysql(ServerConnection.randomSalt()).withPlugin("unheard_of"),
                Greeting.mysql(ServerConnection.randomSalt()).withVersion("5.5.5-10.11.6-MariaDB")}) {
            assertThat(checks.check(c -> {
                c.greet(greeting);
                c.acceptAll();
                c.expect(Command.QUIT.payload());
            }, Checks.LOGIN).state()).isEqualTo(NodeState.ALIVE);
        }
    }
}
