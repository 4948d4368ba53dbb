package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.tls.TestEngines;
import dev.myproxy.tls.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate of a running daemon's listener is replaced, in the ways that tools do it. */
@OwnServers
class RenewedCertificatesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WATCHES = "-Dmyproxy.certificates.millis=200";
    private static final String HARDLY_WATCHES = "-Dmyproxy.certificates.millis=3600000";

    private final EmbeddedMariaDb db = EmbeddedMariaDb.shared();
    private final TestPki pki = TestPki.create();
    private int port;
    private int metrics;

    @TempDir
    private Path directory;

    private Path live = Path.of("/");

    @BeforeEach
    void createAccount() throws IOException {
        port = Endpoints.freePort();
        metrics = Endpoints.freePort();
        db.createAccount("renewing", "secret", "renewing");
        live = Files.createDirectory(directory.resolve("live"));
    }

    private ProxyProcess start(String option) throws IOException {
        return ProxyProcess.startWith("MYPROXY_JAVA_OPTS", option, directory,
                """
                mysql_listen('127.0.0.1:%d', {on_handshake_response = function(client, login)
                    return client:connect('%s', login)
                end}, {tls = {certificate = 'live/tls.crt', key = 'live/tls.key', required = true}})
                prometheus_listen('127.0.0.1:%d')
                """.formatted(port, db.socket(), metrics));
    }

    /** A session, and the certificate that it was shown. */
    private record Encrypted(RawClient client, X509Certificate shown) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    private Encrypted connect() throws IOException {
        SSLEngine engine = TestEngines.client();
        Login login = Login.clear("renewing", "secret");
        RawClient client = RawClient.connect(Endpoints.tcp(port)).limit(PATIENCE).encrypt(login, engine);
        assertThat(client.tryEncryptedLogin(login).isOk()).isTrue();
        Certificate[] chain = engine.getSession().getPeerCertificates();
        return new Encrypted(client, (X509Certificate) chain[0]);
    }

    private X509Certificate shown() throws IOException {
        try (Encrypted session = connect()) {
            session.client().ping();
            return session.shown();
        }
    }

    private void awaitShown(TestPki.Issued expected) {
        Awaitility.await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown()).isEqualTo(expected.certificate()));
    }

    private double expiry() throws IOException, InterruptedException {
        return Scrape.parse(Scrape.get("http://127.0.0.1:" + metrics + "/metrics")).stream()
                .filter(sample -> sample.name().equals("myproxy_tls_certificate_expiry_timestamp_seconds")
                        && sample.labels().getOrDefault("certificate", "").endsWith("live/tls.crt"))
                .mapToDouble(Scrape.Sample::value).sum();
    }

    private static double expiry(TestPki.Issued issued) {
        return issued.certificate().getNotAfter().toInstant().getEpochSecond();
    }

    private static void reload(ProxyProcess proxy) throws IOException, InterruptedException {
        proxy.process().signal("HUP");
    }

    private static void healthy(ProxyProcess proxy) {
        assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
    }

    /** By a signal, or because somebody looks at the files. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void newClientsSeeTheNewOne(boolean signal) throws Exception {
        TestPki.Issued first = pki.issue("first");
        TestPki.Issued second = pki.issue("second");
        first.write(live, "tls");
        try (ProxyProcess proxy = start(signal ? HARDLY_WATCHES : WATCHES); Encrypted old = connect()) {
            assertThat(old.shown()).isEqualTo(first.certificate());
            assertThat(expiry()).isEqualTo(expiry(first));

            second.write(live, "tls");
            if (signal) {
                reload(proxy);
            }
            awaitShown(second);
            assertThat(expiry()).isEqualTo(expiry(second));
            old.client().query("SELECT 1").good();

            Files.writeString(live.resolve("tls.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
            if (signal) {
                reload(proxy);
            }
            assertThat(proxy.awaitLine(line -> line.contains("stays the one that was read before")))
                    .contains("TLS: the certificate in " + live.toRealPath().resolve("tls.crt"))
                    .contains("There is no certificate in PEM form in ");
            assertThat(shown()).isEqualTo(second.certificate());
            assertThat(expiry()).isEqualTo(expiry(second));
            old.client().query("SELECT 2").good();

            first.write(live, "tls");
            if (signal) {
                reload(proxy);
            }
            awaitShown(first);
            old.client().ping();
            if (signal) {
                linksAreTurnedOneAfterTheOther(proxy, first, second);
            } else {
                aDirectoryIsSwapped(proxy);
            }
            healthy(proxy);
        }
    }

    /** As certbot does it: the certificate waits for its key. */
    private void linksAreTurnedOneAfterTheOther(ProxyProcess proxy, TestPki.Issued first, TestPki.Issued second)
            throws Exception {
        first.write(directory, "first");
        second.write(directory, "second");
        turn("tls.crt", "../first.crt");
        turn("tls.key", "../first.key");
        turn("tls.crt", "../second.crt");
        reload(proxy);
        assertThat(proxy.awaitLine(line -> line.contains("does not belong to the certificate")))
                .contains("stays the one that was read before: The key in ");
        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(expiry()).isEqualTo(expiry(first));

        turn("tls.key", "../second.key");
        reload(proxy);
        awaitShown(second);
    }

    /** As Kubernetes does it: one link to the directory with both, turned while clients come and somebody looks. */
    private void aDirectoryIsSwapped(ProxyProcess proxy) throws Exception {
        List<TestPki.Issued> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Path data = Files.createDirectory(live.resolve("..data" + i));
            TestPki.Issued issued = pki.issue("number " + i);
            issued.write(data, "tls");
            all.add(issued);
        }
        turn("..data", "..data0");
        turn("tls.crt", "..data/tls.crt");
        turn("tls.key", "..data/tls.key");
        awaitShown(all.getFirst());
        AtomicBoolean over = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread coming = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                try {
                    shown();
                } catch (IOException | AssertionError e) {
                    failures.add(e);
                }
            }
        });
        for (int i = 1; i < all.size(); i++) {
            turn("..data", "..data" + i);
            reload(proxy);
            awaitShown(all.get(i));
        }
        over.set(true);
        coming.join();
        assertThat(failures).isEmpty();
        assertThat(expiry()).isEqualTo(expiry(all.getLast()));
    }

    private void turn(String link, String target) throws IOException {
        Path next = live.resolve("next");
        Files.createSymbolicLink(next, Path.of(target));
        Files.move(next, live.resolve(link), StandardCopyOption.ATOMIC_MOVE);
    }
}
