package dev.myproxy.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Who may vouch for servers. All of this blocks as long as the file system does. */
final class TrustedAuthorities {

    /** Where systems keep those that they trust: Debian, Fedora, openSUSE, Alpine. */
    private static final List<Path> OF_SYSTEM = List.of(Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"), Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private TrustedAuthorities() {}

    /** The file that counts: the one that is named, or the system's; empty for those that Java brings. */
    static Optional<Path> file(Optional<Path> named) {
        return named.or(() -> OF_SYSTEM.stream().filter(Files::isReadable).findFirst());
    }

    /** Reads them. */
    static X509TrustManager of(Optional<Path> file) throws TlsException {
        try {
            return manager(file.isPresent() ? store(Pem.certificates(file.get())) : null);
        } catch (TlsException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("The authorities that are trusted can't be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        return store;
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("Java has nobody who checks certificates");
    }
}
