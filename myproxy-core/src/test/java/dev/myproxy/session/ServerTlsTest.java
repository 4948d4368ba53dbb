package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Command;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.ServerLink;
import dev.myproxy.script.Upstream;
import dev.myproxy.tls.TlsFailureKind;
import dev.myproxy.tls.IdentityFiles;
import dev.myproxy.tls.ServerTls;
import dev.myproxy.tls.ServerTlsOptions;
import dev.myproxy.tls.TestEngines;
import dev.myproxy.tls.TestPki;
import dev.myproxy.tls.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with servers, good ones and bad ones. */
class ServerTlsTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TEXT = "TLS with the server failed: ";

    private final TestPki pki = TestPki.create();

    @TempDir
    private Path directory;

    private Path authority = Path.of("/");
    private Duration limit = LONG;

    @BeforeEach
    void writeAuthority() throws IOException {
        authority = pki.writeAuthority(directory);
    }

    private ServerTlsOptions verify(Verification verification) {
        return new ServerTlsOptions(verification, Optional.of(authority), Optional.empty(), Optional.empty());
    }

    /** A server that asks whoever logs in to encrypt the connection first. */
    private static FakeServer server(TestPki.Issued identity) throws IOException {
        return server(identity, false);
    }

    private static FakeServer server(TestPki.Issued identity, boolean asksForCertificate) throws IOException {
        return FakeServer.start(Endpoints.tcp(0), c -> {
            encrypt(c, identity, asksForCertificate);
            c.acceptAll();
            c.serve();
        });
    }

    private static void encrypt(ServerConnection c, TestPki.Issued identity, boolean asksForCertificate)
            throws IOException {
        c.greet(c.greeting().with(Flags.SSL));
        assertThat(c.read().payload()).hasSize(32);
        SSLEngine engine = TestEngines.of(identity);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(asksForCertificate);
        c.stream().encrypt(engine);
    }

    private TestProxy proxy(FakeServer server, ServerTls tls) {
        ServerLink link = new ServerLink(Optional.empty(), Optional.of(tls));
        ConnectOptions wishes = ConnectOptions.builder().link(link).build();
        return TestProxy.start(new SessionSettings(LONG, limit, LONG, LONG), Handlers.of(1), event -> {
            ScriptEvent.HandshakeResponse login = (ScriptEvent.HandshakeResponse) event;
            return new Decision.Connect(Upstream.of(server.address()), new Credentials(login.user(),
                    Secret.wrap(login.password().copy()), Optional.empty(), ByteString.EMPTY), wishes);
        });
    }

    /** What a client is told that logs in; the failure is counted as one of a kind. */
    private String refusal(TlsFailureKind kind, FakeServer server, ServerTlsOptions options) throws Exception {
        try (server;
                TestProxy proxy = proxy(server, ServerTls.of(options));
                RawClient client = RawClient.connect(proxy.address())) {
            Packet answer = client.tryLogin(LOGIN);
            assertThat(answer.err().code()).isEqualTo(1043);
            client.expectEnd();
            TlsFigures figures = new TlsFigures(proxy);
            assertThat(figures.failures("server", kind.label())).isEqualTo(1);
            assertThat(figures.ofServers("myproxy_server_tls_err")).isEqualTo(1);
            assertThat(figures.handshakes("server")).isZero();
            return answer.err().message();
        }
    }

    private void accepted(FakeServer server, ServerTlsOptions options) throws Exception {
        accepted(server, ServerTls.of(options));
    }

    private void accepted(FakeServer server, ServerTls tls) throws Exception {
        try (server; TestProxy proxy = proxy(server, tls); RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);
            client.ping();
            client.query("SELECT '" + "x".repeat(1_000_000) + "'").good();
            assertThat(server.connection().login().orElseThrow().has(Flags.SSL)).isTrue();
            assertThat(proxy.list().getFirst().serverTls()).hasValueSatisfying(agreed -> {
                assertThat(agreed.version()).isEqualTo("TLSv1.3");
                assertThat(agreed.cipher()).startsWith("TLS_");
            });
            TlsFigures figures = new TlsFigures(proxy);
            assertThat(figures.sessions("server", "TLSv1.3")).isEqualTo(1);
            assertThat(figures.handshakes("server")).isEqualTo(1);
            assertThat(figures.ofServers("myproxy_server_tls_ok")).isEqualTo(1);

            client.send((byte) Command.QUIT.code());

            await().until(() -> proxy.sessions().count() == 0);
            assertThat(figures.sessions("server", "TLSv1.3")).isZero();
        }
    }

    @Test
    void aServerThatProvesItselfIsSpokenWith() throws Exception {
        accepted(server(pki.forLocalhost()), verify(Verification.FULL));
    }

    @Test
    void theNameMayBeAnother() throws Exception {
        TestPki.Issued identity = pki.issue("whatever", "*.example.org");
        ServerTlsOptions named = new ServerTlsOptions(Verification.FULL, Optional.of(authority),
                Optional.of("db1.example.org"), Optional.empty());
        accepted(server(identity), named);
        accepted(server(identity), verify(Verification.CA));

        assertThat(refusal(TlsFailureKind.CERTIFICATE, server(identity), verify(Verification.FULL)))
                .isEqualTo(TEXT + "its certificate, of CN=whatever, is not for the name 127.0.0.1");
    }

    @Test
    void whoeverAnswersMayBeBelieved() throws Exception {
        accepted(server(TestPki.create().expired("somebody")), verify(Verification.NONE));
    }

    @Test
    void nobodyIsTrustedWhomAnotherAuthorityVouchesFor() throws Exception {
        for (Verification strict : new Verification[]{Verification.FULL, Verification.CA}) {
            assertThat(refusal(TlsFailureKind.CERTIFICATE, server(TestPki.create().forLocalhost()), verify(strict)))
                    .startsWith(TEXT + "its certificate, issued by CN=authority of a test, is not trusted: ");
        }
    }

    @Test
    void certificatesExpire() throws Exception {
        assertThat(refusal(TlsFailureKind.CERTIFICATE, server(pki.expired("localhost", "127.0.0.1")),
                verify(Verification.CA)))
                .startsWith(TEXT + "its certificate has expired on ");
    }

    @Test
    void aServerThatOffersNoneGetsNoPassword() throws Exception {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.expectEnd();
        });

        assertThat(refusal(TlsFailureKind.NOT_OFFERED, server, verify(Verification.NONE)))
                .isEqualTo(TEXT + "it offers none");
        assertThat(server.failures()).isEmpty();
    }

    @Test
    void aServerThatGoesOnWithoutGetsNoPassword() throws Exception {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(c.greeting().with(Flags.SSL));
            c.read();
            c.err(1045, "28000", "Access denied");
            c.stall();
        });

        assertThat(refusal(TlsFailureKind.NOT_TLS, server, verify(Verification.NONE))).startsWith(TEXT);
    }

    @Test
    void aServerThatSendsMoreBehindItsGreetingIsRefused() throws Exception {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            byte[] greeting = PacketStream.frame(0, c.greeting().with(Flags.SSL).write());
            byte[] both = Arrays.copyOf(greeting, greeting.length + 3);
            c.raw(both);
            c.expectEnd();
        });

        assertThat(refusal(TlsFailureKind.OTHER, server, verify(Verification.NONE)))
                .isEqualTo("Server sent something behind its greeting");
    }

    @Test
    void aServerThatGoesAwayIsTold() throws Exception {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(c.greeting().with(Flags.SSL));
            c.read();
        });

        assertThat(refusal(TlsFailureKind.CLOSED, server, verify(Verification.NONE)))
                .isEqualTo(TEXT + "the server closed the connection");
    }

    @Test
    void aServerThatSaysNothingIsWaitedForAsLongAsForAnyLogin() throws Exception {
        limit = Duration.ofMillis(300);
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(c.greeting().with(Flags.SSL));
            c.read();
            c.stall();
        });

        assertThat(refusal(TlsFailureKind.TIMEOUT, server, verify(Verification.NONE)))
                .isEqualTo("Connection error");
    }

    @Test
    void aServerMayRefuseByAnAlert() throws Exception {
        FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(c.greeting().with(Flags.SSL));
            c.read();
            // fatal, handshake_failure
            c.raw(new byte[]{21, 3, 3, 0, 2, 2, 40});
            c.stall();
        });

        assertThat(refusal(TlsFailureKind.ALERT, server, verify(Verification.NONE)))
                .isEqualTo(TEXT + "the other side refused with the alert handshake failure");
    }

    @Test
    void oneCanShowACertificateOfOnesOwn() throws Exception {
        IdentityFiles own = pki.issue("proxy").write(directory, "proxy");
        ServerTlsOptions shown = new ServerTlsOptions(Verification.FULL, Optional.of(authority), Optional.empty(),
                Optional.of(own));

        accepted(server(pki.forLocalhost(), true), shown);
    }

    @Test
    void filesThatChangeAreReadAgain() throws Exception {
        ServerTls first = ServerTls.of(verify(Verification.FULL));
        assertThat(ServerTls.of(verify(Verification.CA))).isNotSameAs(first);
        accepted(server(pki.forLocalhost()), verify(Verification.FULL));

        TestPki renewed = TestPki.create();
        renewed.writeAuthority(directory);
        assertThat(ServerTls.of(verify(Verification.FULL))).isSameAs(first);
        accepted(server(renewed.forLocalhost()), verify(Verification.FULL));
        assertThat(refusal(TlsFailureKind.CERTIFICATE, server(pki.forLocalhost()), verify(Verification.FULL)))
                .contains("is not trusted");
    }

    /** Clusters have what they were made with, and ask for nothing. */
    @Test
    void whoeverHasItFollowsTheFiles() throws Exception {
        IdentityFiles own = pki.issue("proxy").write(directory, "proxy");
        ServerTlsOptions options = new ServerTlsOptions(Verification.FULL, Optional.of(authority), Optional.empty(),
                Optional.of(own));
        ServerTls held = ServerTls.of(options);
        TestPki renewed = TestPki.create();
        renewed.writeAuthority(directory);
        ServerTls.refreshAll(false);

        accepted(server(renewed.forLocalhost()), held);
    }

    @Test
    void filesThatCanNotBeUsedChangeNothing() throws Exception {
        IdentityFiles own = pki.issue("proxy").write(directory, "proxy");
        ServerTlsOptions options = new ServerTlsOptions(Verification.FULL, Optional.of(authority), Optional.empty(),
                Optional.of(own));
        accepted(server(pki.forLocalhost(), true), options);

        Files.delete(authority);
        accepted(server(pki.forLocalhost(), true), options);
        pki.writeAuthority(directory);
        Files.writeString(own.certificate(), pki.issue("another").pem());
        ServerTls.refreshAll(true);
        accepted(server(pki.forLocalhost(), true), options);

        assertThatThrownBy(() -> ServerTls.of(new ServerTlsOptions(Verification.FULL, Optional.of(directory.resolve(
                "none")), Optional.empty(), Optional.empty())))
                .hasMessage("Failed to read " + directory.resolve("none") + ": No such file or directory");
    }

    @Test
    void theSystemKnowsAuthorities() throws Exception {
        assertThat(ServerTls.of(ServerTlsOptions.FULL).options()).isEqualTo(ServerTlsOptions.FULL);
    }
}
