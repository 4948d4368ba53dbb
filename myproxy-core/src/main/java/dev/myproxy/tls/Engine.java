package dev.myproxy.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Who does the arithmetic: BoringSSL, through Netty's native library; Java's own engine where that does not load. */
public final class Engine {

    private Engine() {}

    /** Java's engine would let clients begin another handshake within a connection; BoringSSL never does. */
    private static final class Java {
        static {
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }

        static SslProvider provider() {
            return SslProvider.JDK;
        }
    }

    /** Why the native library does not work; empty if it does. Loads it, which takes some 50 ms, the first time. */
    public static Optional<String> whyNotNative() {
        if (OpenSsl.isAvailable()) {
            return Optional.empty();
        }
        Throwable cause = OpenSsl.unavailabilityCause();
        return Optional.of(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
    }

    /**
     * Makes a context of this engine. Loads the native library the first time. No sessions are kept: clients of databases hardly ever
     * resume, and sessions would stay in memory.
     *
     * @throws SSLException             if there is something in the builder that can't be used
     * @throws IllegalArgumentException the same
     */
    static SslContext context(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : Java.provider())
                .build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }
}
