package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Command;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Upstream;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.tls.ClientCertificate;
import dev.myproxy.tls.PeerTls;
import dev.myproxy.tls.TestEngines;
import dev.myproxy.tls.TestPki;
import dev.myproxy.tls.TlsOffer;
import dev.myproxy.tls.TlsOptions;
import dev.myproxy.tls.TlsVersion;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vertx.core.internal.VertxInternal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for TLS, rightly and wrongly. */
class ClientTlsTest {

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final TlsOffer REQUIRED = new TlsOffer.Wanted(new TlsOptions(Optional.empty(), Optional.empty(),
            true, ClientCertificate.NONE, Set.of(TlsVersion.values())));

    private final Queue<Optional<PeerTls>> seen = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

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

    private TestProxy proxy(TlsOffer tls) {
        return proxy(ListenOptions.builder().tls(tls));
    }

    private TestProxy proxy(ListenOptions.Builder options, Handler... handlers) {
        return TestProxy.start(new Handlers(1, Set.of(handlers), options.build()), event -> {
            if (event instanceof ScriptEvent.HandshakeResponse) {
                seen.add(event.client().tls());
            }
            return TestProxy.connect(event, server.address());
        });
    }

    private static double counted(TestProxy proxy, String name) {
        return proxy.sessions().meters().collect().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .mapToDouble(metric -> ((CounterSnapshot) metric).getDataPoints().getFirst().getValue()).sum();
    }

    @Test
    void clientsAreOfferedTlsWithoutAnyOption() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.greeting().capabilities() & Flags.SSL).isEqualTo(Flags.SSL);

            client.encrypt(LOGIN, TestEngines.client("db.example.org"));
            Packet answer = client.tryEncryptedLogin(LOGIN);

            assertThat(answer.isOk()).isTrue();
            assertThat(answer.sequence()).isEqualTo(3);
            client.ping();
            assertThat(seen.remove()).hasValueSatisfying(tls -> {
                assertThat(tls.version()).isEqualTo("TLSv1.3");
                assertThat(tls.cipher()).startsWith("TLS_");
                assertThat(tls.serverName()).contains("db.example.org");
                assertThat(tls.certificate()).isEmpty();
            });
            assertThat(server.connection().login().orElseThrow().flags() & Flags.SSL).isZero();
            assertThat(counted(proxy, "myproxy_client_tls_ok")).isEqualTo(1);
            assertThat(proxy.list().getFirst().tls()).hasValueSatisfying(
                    tls -> assertThat(tls.version()).isEqualTo("TLSv1.3"));
            TlsFigures figures = new TlsFigures(proxy);
            assertThat(figures.sessions("client", "TLSv1.3")).isEqualTo(1);
            assertThat(figures.handshakes("client")).isEqualTo(1);

            client.send((byte) Command.QUIT.code());

            await().until(() -> proxy.sessions().count() == 0);
            assertThat(figures.sessions("client", "TLSv1.3")).isZero();
        }
    }

    @Test
    void clientsWithoutTlsAreServedAsWellAsEver() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.login(LOGIN);

            client.ping();
            assertThat(seen.remove()).isEmpty();
        }
    }

    @Test
    void nothingIsOfferedWhereTlsIsOff() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.NONE); RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.greeting().capabilities() & Flags.SSL).isZero();

            client.stream().write(1, RawClient.sslRequest(LOGIN));

            assertThat(client.stream().read().err()).isEqualTo(new Err(1043, "08S01", "Bad handshake"));
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void handshakesMayComeInPieces(int bytes) throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.greeting();
            client.pieces(bytes).encrypt(LOGIN, TestEngines.client());

            assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsAreSpoken(String version) throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            SSLEngine engine = TestEngines.client();
            engine.setEnabledProtocols(new String[]{version});
            client.encrypt(LOGIN, engine);

            assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
            assertThat(seen.remove().orElseThrow().version()).isEqualTo(version);
        }
    }

    @Test
    void aVersionThatIsNotAllowedFails() throws Exception {
        TlsOffer onlyNewest = new TlsOffer.Wanted(new TlsOptions(Optional.empty(), Optional.empty(), false,
                ClientCertificate.NONE, Set.of(TlsVersion.TLS_1_3)));
        try (TestProxy proxy = proxy(onlyNewest); RawClient client = RawClient.connect(proxy.address())) {
            SSLEngine engine = TestEngines.client();
            engine.setEnabledProtocols(new String[]{"TLSv1.2"});

            assertThatThrownBy(() -> client.encrypt(LOGIN, engine)).isInstanceOf(SSLException.class);

            await().until(() -> proxy.sessions().count() == 0);
            assertThat(counted(proxy, "myproxy_client_tls_err")).isEqualTo(1);
            assertThat(new TlsFigures(proxy).failures("client", "other")).isEqualTo(1);
        }
    }

    @Test
    void plainTextBehindTheRequestIsNeverTaken() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.greeting();
            byte[] request = PacketStream.frame(1, RawClient.sslRequest(LOGIN));
            byte[] response = PacketStream.frame(2, LOGIN.write());
            ByteBuffer both = ByteBuffer.allocate(request.length + response.length).put(request).put(response).flip();

            client.stream().wire().write(both);

            assertThatThrownBy(() -> {
                while (true) {
                    assertThat(client.stream().read().isOk()).isFalse();
                }
            }).isInstanceOf(IOException.class);
            await().until(() -> proxy.sessions().count() == 0);
            assertThat(server.connections()).isEmpty();
        }
    }

    @Test
    void aRequestAndTheFirstMessageOfTlsMayComeTogether() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.greeting();
            SSLEngine engine = TestEngines.client();
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            byte[] request = PacketStream.frame(1, RawClient.sslRequest(LOGIN));
            ByteBuffer both = ByteBuffer.allocate(request.length + hello.position()).put(request).put(hello.flip())
                    .flip();

            client.stream().wire().write(both);
            client.stream().encrypt(engine);

            assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
        }
    }

    @Test
    void aWholeResponseThatAsksForTlsIsRefused() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.tryLogin(LOGIN.with(Flags.SSL)).err()).isEqualTo(new Err(1043, "08S01", "Bad handshake"));

            client.expectEnd();
            assertThat(server.connections()).isEmpty();
        }
    }

    @Test
    void aSecondRequestIsRefused() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.encrypt(LOGIN, TestEngines.client());
            client.stream().write(2, RawClient.sslRequest(LOGIN));

            Packet answer = client.stream().read();
            assertThat(answer.err()).isEqualTo(new Err(1043, "08S01", "Bad handshake"));
            assertThat(answer.sequence()).isEqualTo(3);
            client.expectEnd();
        }
    }

    @Test
    void whatIsSaidBeforeTlsCountsForNothing() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.encrypt(LOGIN.with(Flags.FOUND_ROWS).without(Flags.DEPRECATE_EOF).withCharset(8),
                    TestEngines.client());

            assertThat(client.tryEncryptedLogin(LOGIN.with(Flags.DEPRECATE_EOF).withCharset(45)).isOk()).isTrue();
            Login passed = server.connection().login().orElseThrow();
            assertThat(passed.flags() & Flags.FOUND_ROWS).isZero();
            assertThat(passed.flags() & Flags.DEPRECATE_EOF).isEqualTo(Flags.DEPRECATE_EOF);
            assertThat(passed.charset()).isEqualTo(45);
        }
    }

    @Test
    void clientsWithoutTlsAreRefusedWhereItIsRequired() throws Exception {
        try (TestProxy proxy = proxy(REQUIRED)) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                Packet answer = client.tryLogin(LOGIN);

                assertThat(answer.sequence()).isEqualTo(2);
                assertThat(answer.err()).isEqualTo(new Err(3159, "HY000",
                        "Connections using insecure transport are prohibited while --require_secure_transport=ON."));
                client.expectEnd();
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.encrypt(LOGIN, TestEngines.client());
                assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
            }
        }
    }

    @Test
    void handshakesCountAsPartOfTheLogin() throws Exception {
        try (TestProxy proxy = proxy(ListenOptions.builder().loginTimeout(Duration.ofMillis(300)).maxPendingLogins(1));
                RawClient client = RawClient.connect(proxy.address())) {
            client.greeting();
            client.stream().write(1, RawClient.sslRequest(LOGIN));
            try (RawClient other = RawClient.connect(proxy.address())) {
                assertThat(other.stream().read().err().code()).isEqualTo(1040);
            }

            await().until(() -> proxy.sessions().count() == 0);
            ByteBuffer alert = ByteBuffer.allocate(100);
            while (client.stream().wire().readSome(alert) >= 0) {
                assertThat(alert.position()).isLessThan(20);
            }
            assertThat(counted(proxy, "myproxy_client_tls_err")).isEqualTo(1);
            assertThat(new TlsFigures(proxy).failures("client", "timeout")).isEqualTo(1);
        }
    }

    @Test
    void rubbishEndsTheSessionQuietly() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL);
                Complaints complaints = Complaints.collect();
                RawClient client = RawClient.connect(proxy.address())) {
            client.greeting();
            client.stream().write(1, RawClient.sslRequest(LOGIN));
            client.stream().raw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            await().until(() -> proxy.sessions().count() == 0);
            complaints.check();
            assertThat(new TlsFigures(proxy).failures("client", "not_tls")).isEqualTo(1);
        }
    }

    private TlsOffer certified(TestPki pki) throws IOException {
        return new TlsOffer.Wanted(new TlsOptions(Optional.of(pki.forLocalhost().write(directory, "server")),
                Optional.of(pki.writeAuthority(directory)), true, ClientCertificate.REQUIRED,
                Set.of(TlsVersion.values())));
    }

    /** The check of the certificate ends while the login waits for its turn, since there are others who shake hands. */
    @Test
    void aLoginThatComesWhileTheCertificateIsCheckedIsNotLost() throws Exception {
        TestPki pki = TestPki.create();
        TestPki.Issued web = pki.issue("web");
        try (TestProxy proxy = proxy(certified(pki))) {
            AtomicBoolean over = new AtomicBoolean();
            for (EventExecutor loop : ((VertxInternal) proxy.vertx()).nettyEventLoopGroup()) {
                HandshakeTurns turns = proxy.sessions().handshakeTurns((EventLoop) loop);
                loop.execute(() -> turns.take(new HandshakeTurns.Step() {
                    @Override
                    public void go() {
                        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                        if (!over.get()) {
                            loop.execute(() -> turns.take(this));
                        }
                    }
                }));
            }
            SSLEngine[] engines = Stream.generate(() -> TestEngines.of(web)).limit(10).toArray(SSLEngine[]::new);
            for (int i = 0; i < engines.length; i++) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    client.encrypt(LOGIN, engines[i]);
                    LockSupport.parkNanos(Duration.ofMillis(4L * i).toNanos());
                    assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
                    client.ping();
                }
            }
            over.set(true);
        }
    }

    @Test
    void clientsCertificatesAreSeenByTheScript() throws Exception {
        TestPki pki = TestPki.create();
        TlsOffer certified = certified(pki);
        TestPki.Issued web = pki.issue("web");
        try (TestProxy proxy = proxy(certified)) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.encrypt(LOGIN, TestEngines.of(web));
                assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
                assertThat(seen.remove().orElseThrow().certificate()).hasValueSatisfying(shown -> {
                    assertThat(shown.subject()).isEqualTo("CN=web");
                    assertThat(shown.fingerprint()).isEqualTo(PeerTls.fingerprintOf(web.certificate()));
                });
            }
            for (SSLEngine bad : new SSLEngine[]{TestEngines.client(), TestEngines.of(TestPki.create().issue("web")),
                    TestEngines.of(pki.expired("web"))}) {
                try (RawClient client = RawClient.connect(proxy.address())) {
                    assertThatThrownBy(() -> {
                        client.encrypt(LOGIN, bad);
                        client.tryEncryptedLogin(LOGIN);
                    }).isInstanceOf(IOException.class);
                }
            }
            await().until(() -> proxy.sessions().count() == 0);
            assertThat(server.connections()).hasSize(1);
            assertThat(new TlsFigures(proxy).failures("client", "certificate")).isEqualTo(3);
        }
    }

    @Test
    void aCertificateMayTakeThePlaceOfThePassword() throws Exception {
        TestPki pki = TestPki.create();
        TlsOffer certified = new TlsOffer.Wanted(new TlsOptions(Optional.empty(),
                Optional.of(pki.writeAuthority(directory)), true, ClientCertificate.REQUIRED,
                Set.of(TlsVersion.values())));
        Handlers handlers = new Handlers(1, Set.of(),
                ListenOptions.builder().auth(AuthMode.CERTIFICATE).tls(certified).build());
        Queue<Integer> passwords = new ConcurrentLinkedQueue<>();
        try (TestProxy proxy = TestProxy.start(handlers, event -> {
            ScriptEvent.HandshakeResponse login = (ScriptEvent.HandshakeResponse) event;
            passwords.add(login.password().length());
            seen.add(event.client().tls());
            return new Decision.Connect(Upstream.of(server.address()), new Credentials(ByteString.of("web"),
                    Secret.wrap("s".getBytes(StandardCharsets.UTF_8)), Optional.empty(), ByteString.EMPTY),
                    ConnectOptions.DEFAULT);
        })) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                client.encrypt(LOGIN, TestEngines.of(pki.issue("web")));
                assertThat(client.tryEncryptedLogin(LOGIN).isOk()).isTrue();
                assertThat(seen.remove().orElseThrow().certificate().orElseThrow().subject()).isEqualTo("CN=web");
                assertThat(passwords).containsExactly(0);
            }
            try (RawClient client = RawClient.connect(proxy.address())) {
                assertThat(client.tryLogin(LOGIN).err().code()).isEqualTo(3159);
            }
        }
        assertThatThrownBy(() -> ListenOptions.builder().auth(AuthMode.CERTIFICATE).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void largeResultsAndStatementsPass() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.encrypt(LOGIN, TestEngines.client());
            client.tryEncryptedLogin(LOGIN);

            client.query("SELECT '" + "x".repeat(3_000_000) + "'").good();
        }
    }

    @Test
    void aCloseNotifyEndsTheSession() throws Exception {
        try (TestProxy proxy = proxy(TlsOffer.USUAL); RawClient client = RawClient.connect(proxy.address())) {
            client.encrypt(LOGIN, TestEngines.client());
            client.tryEncryptedLogin(LOGIN);

            client.stream().wire().closeNotify();

            await().until(() -> proxy.sessions().count() == 0);
            assertThatThrownBy(client.stream()::read).isInstanceOf(EOFException.class);
        }
    }
}
