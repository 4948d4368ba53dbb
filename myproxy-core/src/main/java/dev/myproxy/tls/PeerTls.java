package dev.myproxy.tls;

import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What a client's handshake has brought.
 *
 * @param version     such as {@code TLSv1.3}
 * @param cipher      the name that IANA has for it, such as {@code TLS_AES_128_GCM_SHA256}
 * @param serverName  whom the client believes it speaks to; empty if it did not say
 * @param certificate the client's, verified; empty if it has shown none
 */
public record PeerTls(String version, String cipher, Optional<String> serverName,
        Optional<PeerCertificate> certificate) {

    /**
     * A verified certificate.
     *
     * @param subject     as in RFC 2253, such as {@code CN=web,O=Example}
     * @param fingerprint SHA-256 of the certificate, 64 hex digits in lower case
     */
    public record PeerCertificate(String subject, String fingerprint) {

        static PeerCertificate of(X509Certificate certificate) {
            return new PeerCertificate(certificate.getSubjectX500Principal().getName(), fingerprintOf(certificate));
        }
    }

    /** Reads what a handler has agreed on, after its handshake. */
    public static PeerTls of(SslHandler handler) {
        SSLSession session = handler.engine().getSession();
        return new PeerTls(session.getProtocol(), session.getCipherSuite(), serverName(session), certificate(session));
    }

    /** SHA-256 of the certificate that a handler has shown its peer, 32 bytes. */
    public static Optional<byte[]> shownBy(SslHandler handler) {
        Certificate[] chain = handler.engine().getSession().getLocalCertificates();
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate leaf
                ? Optional.of(digest(leaf))
                : Optional.empty();
    }

    /** SHA-256 of a certificate, 64 hex digits in lower case. */
    public static String fingerprintOf(X509Certificate certificate) {
        return HexFormat.of().formatHex(digest(certificate));
    }

    private static byte[] digest(X509Certificate certificate) {
        try {
            return IdentitySource.sha256().digest(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Optional<String> serverName(SSLSession session) {
        List<SNIServerName> names = session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames()
                : List.of();
        return names.stream().filter(SNIHostName.class::isInstance).map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst();
    }

    private static Optional<PeerCertificate> certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? Optional.of(PeerCertificate.of(leaf))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }
}
