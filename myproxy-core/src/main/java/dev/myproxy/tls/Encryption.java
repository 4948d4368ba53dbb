package dev.myproxy.tls;

import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLSession;

/**
 * What the two ends of a connection have agreed on.
 *
 * @param version such as {@code TLSv1.3}
 * @param cipher  the name that IANA has for it, such as {@code TLS_AES_128_GCM_SHA256}
 */
public record Encryption(String version, String cipher) {

    /** Reads what a handler has agreed on, after its handshake. */
    public static Encryption of(SslHandler handler) {
        SSLSession session = handler.engine().getSession();
        return new Encryption(session.getProtocol(), session.getCipherSuite());
    }
}
