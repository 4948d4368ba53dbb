package dev.myproxy.bench.load;

import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;

/** TLS for sessions of the load: with whoever answers, without resumption. */
final class Encryption {

    private static final class Context {
        static final SslContext CONTEXT = create();

        private static SslContext create() {
            try {
                return SslContextBuilder.forClient()
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null)
                        .build();
            } catch (SSLException e) {
                throw new IllegalStateException("TLS does not work here", e);
            }
        }
    }

    private Encryption() {}

    /** A client's end of a connection. */
    static SslHandler handler(Channel channel) {
        return Context.CONTEXT.newHandler(channel.alloc());
    }
}
