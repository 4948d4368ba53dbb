package dev.myproxy.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes contexts for the side that clients shake hands with. */
final class ServerContext {

    /**
     * Those of Mozilla's <a href="https://wiki.mozilla.org/Security/Server_Side_TLS">intermediate</a> list that BoringSSL has: all
     * of them keep what was said before a key got known.
     */
    private static final List<String> CIPHERS = List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private ServerContext() {}

    /**
     * Makes one. Loads the native library the first time.
     *
     * @param authorities who signs clients' certificates, if they are asked for any
     */
    static SslContext of(TlsOptions options, Identity identity, List<X509Certificate> authorities)
            throws TlsException {
        try {
            SslContextBuilder builder = SslContextBuilder
                    .forServer(identity.key(), identity.chain().toArray(X509Certificate[]::new))
                    .protocols(options.protocols())
                    .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .clientAuth(switch (options.clientCertificate()) {
                        case NONE -> ClientAuth.NONE;
                        case OPTIONAL -> ClientAuth.OPTIONAL;
                        case REQUIRED -> ClientAuth.REQUIRE;
                    });
            if (authorities.isEmpty()) {
                builder.trustManager(new NoAuthorities());
            } else {
                builder.trustManager(authorities.toArray(X509Certificate[]::new));
            }
            return Engine.context(builder);
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsException("TLS can't be spoken with the certificate of " + identity + ": " + e.getMessage(),
                    e);
        }
    }
}
