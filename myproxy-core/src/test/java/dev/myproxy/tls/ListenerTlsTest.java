package dev.myproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of certificates whose files change. */
class ListenerTlsTest {

    private final TestPki pki = TestPki.create();
    private final TlsListeners all = new TlsListeners();

    @TempDir
    private Path directory;

    private ListenerTls listener(IdentityFiles files) throws Exception {
        ListenerTls tls = all.of(options(files));
        assertThat(tls.ready().get(60, TimeUnit.SECONDS)).isTrue();
        return tls;
    }

    private static TlsOptions options(IdentityFiles files) {
        return new TlsOptions(Optional.of(files), Optional.empty(), false, ClientCertificate.NONE,
                Set.of(TlsVersion.values()));
    }

    @Test
    void renewedFilesAreTaken() throws Exception {
        ListenerTls tls = listener(pki.issue("old").write(directory, "server"));
        assertThat(subject(tls)).isEqualTo("CN=old");

        TestPki.Issued renewed = pki.issue("new");
        IdentityFiles files = renewed.write(directory, "server");
        all.refresh(false);

        assertThat(tls.certificate()).contains(renewed.certificate());
        assertThat(all.certificates()).containsOnlyKeys(files.certificate().toString());
    }

    @Test
    void aCertificateWaitsForItsKey() throws Exception {
        IdentityFiles files = pki.issue("old").write(directory, "server");
        ListenerTls tls = listener(files);
        TestPki.Issued renewed = pki.issue("new");

        Files.writeString(files.certificate(), renewed.pem());
        all.refresh(false);
        assertThat(subject(tls)).isEqualTo("CN=old");

        Files.writeString(files.key(), renewed.keyPem());
        all.refresh(false);
        assertThat(subject(tls)).isEqualTo("CN=new");
    }

    @Test
    void filesThatCanNotBeUsedChangeNothing() throws Exception {
        IdentityFiles files = pki.issue("old").write(directory, "server");
        ListenerTls tls = listener(files);

        for (String bad : new String[]{"", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
            Files.writeString(files.certificate(), bad);
            all.refresh(false);
            all.refresh(false);
            all.refresh(true);
            assertThat(subject(tls)).isEqualTo("CN=old");
        }
        Files.delete(files.certificate());
        all.refresh(true);
        assertThat(subject(tls)).isEqualTo("CN=old");

        pki.issue("new").write(directory, "server");
        all.refresh(false);
        assertThat(subject(tls)).isEqualTo("CN=new");
    }

    @Test
    void badFilesAreRefusedAtOnce() throws Exception {
        IdentityFiles files = pki.issue("one").write(directory, "one");
        IdentityFiles other = pki.issue("two").write(directory, "two");
        IdentityFiles mixed = new IdentityFiles(files.certificate(), other.key());

        assertThatThrownBy(() -> all.of(options(mixed))).isInstanceOf(TlsException.class).hasMessage(
                "The key in " + other.key() + " does not belong to the certificate in " + files.certificate());
        assertThatThrownBy(() -> TlsListeners.check(options(mixed))).isInstanceOf(TlsException.class);
    }

    @Test
    void allListenersShowTheSameCertificateOfOurOwn() throws Exception {
        ListenerTls usual = all.usual();
        ListenerTls wanted = all.of(TlsOptions.SELF_SIGNED);
        usual.ready().get(60, TimeUnit.SECONDS);
        wanted.ready().get(60, TimeUnit.SECONDS);

        assertThat(all.usual()).isSameAs(usual);
        assertThat(wanted.certificate()).isPresent().isEqualTo(usual.certificate());
        X509Certificate certificate = usual.certificate().orElseThrow();
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    }

    private static String subject(ListenerTls tls) {
        return tls.certificate().orElseThrow().getSubjectX500Principal().getName();
    }
}
