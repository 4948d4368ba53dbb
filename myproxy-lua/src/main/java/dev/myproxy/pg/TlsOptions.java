package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.TlsMode;
import dev.myproxy.pg.conninfo.TlsSettings;
import dev.myproxy.pg.conninfo.TlsTrust;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Tells Vert.x how connections are encrypted. */
final class TlsOptions {

    private TlsOptions() {}

    static ClientSSLOptions of(TlsSettings tls) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm(tls.mode() == TlsMode.VERIFY_FULL ? "HTTPS" : "")
                .setEnabledSecureTransportProtocols(tls.protocols());
        switch (tls.trust()) {
            case TlsTrust.Anyone _ -> options.setTrustAll(true);
            case TlsTrust.Roots(var file) ->
                options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString()));
            case TlsTrust.Machine _ -> options.setTrustOptions(TrustOptions.wrap(system()));
        }
        tls.certificate().ifPresent(certificate -> options.setKeyCertOptions(new PemKeyCertOptions()
                .setCertPath(certificate.chain().toString()).setKeyPath(certificate.key().toString())));
        tls.revoked().ifPresent(file -> options.addCrlPath(file.toString()));
        return options;
    }

    private static X509TrustManager system() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            // null stands for the roots that the runtime comes with
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers()).filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast).findFirst().orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
