package dev.myproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** A listener's words for clients whose handshakes fail, with BoringSSL. */
class HandshakeFailureTest {

    private static final TestPki PKI = TestPki.create();

    @Test
    void clientsThatDoNotTrust() throws Exception {
        TestPki.Issued issued = PKI.issue("server");
        SSLEngine client = SslContextBuilder.forClient().sslProvider(SslProvider.JDK)
                .trustManager(TestPki.create().issue("other").certificate()).build()
                .newEngine(UnpooledByteBufAllocator.DEFAULT);
        assertThat(failure(server(issued, builder -> builder), client, Unpooled.EMPTY_BUFFER))
                .isEqualTo("the other side refused with the alert certificate unknown");
    }

    @Test
    void clientsThatShowNoCertificate() throws Exception {
        SslContext server = server(PKI.issue("server"), builder -> builder.clientAuth(ClientAuth.REQUIRE));
        assertThat(failure(server, TestEngines.client(), Unpooled.EMPTY_BUFFER))
                .startsWith("no certificate was shown");
    }

    @Test
    void clientsThatAreTooOld() throws Exception {
        SSLEngine client = TestEngines.client();
        client.setEnabledProtocols(new String[]{"TLSv1.2"});
        SslContext server = server(PKI.issue("server"), builder -> builder.protocols("TLSv1.3"));
        assertThat(failure(server, client, Unpooled.EMPTY_BUFFER))
                .startsWith("there is no version of TLS that both sides know (");
    }

    /** OpenSSL's do so. */
    @Test
    void clientsThatGiveUpInClear() throws Exception {
        byte[] unknownAuthority = {0x15, 3, 3, 0, 2, 2, 48};
        SslContext server = server(PKI.issue("server"), builder -> builder);
        assertThat(failure(server, TestEngines.client(), Unpooled.wrappedBuffer(unknownAuthority)))
                .startsWith("the other side broke off the handshake; perhaps it does not trust the certificate");
    }

    private static SslContext server(TestPki.Issued issued,
            UnaryOperator<SslContextBuilder> options) throws SSLException {
        return options.apply(SslContextBuilder.forServer(issued.keys().getPrivate(), issued.certificate())
                .sslProvider(SslProvider.OPENSSL_REFCNT)).build();
    }

    /**
     * Lets both shake hands and tells what the server says to it.
     *
     * @param context the server's, which is released
     * @param inClear what the client sends behind its first words instead of all else, if it is not empty
     */
    private static String failure(SslContext context, SSLEngine clientEngine, ByteBuf inClear) {
        List<Throwable> causes = new ArrayList<>();
        clientEngine.setUseClientMode(true);
        EmbeddedChannel client = new EmbeddedChannel(new SslHandler(clientEngine), new Listening(new ArrayList<>()));
        EmbeddedChannel server = new EmbeddedChannel(context.newHandler(
                UnpooledByteBufAllocator.DEFAULT), new Listening(causes));
        move(client, server);
        if (inClear.isReadable()) {
            server.writeInbound(inClear);
        } else {
            while (move(server, client) || move(client, server)) {
                server.runPendingTasks();
            }
        }
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
        ReferenceCountUtil.release(context);
        return causes.stream().map(TlsFailure::of).flatMap(Optional::stream).findFirst().orElse("nothing failed");
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        boolean moved = false;
        for (ByteBuf sent = from.readOutbound(); sent != null; sent = from.readOutbound()) {
            if (sent.isReadable()) {
                to.writeInbound(sent);
                moved = true;
            } else {
                sent.release();
            }
        }
        return moved;
    }

    private static final class Listening extends ChannelInboundHandlerAdapter {

        private final List<Throwable> causes;

        Listening(List<Throwable> causes) {
            this.causes = causes;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            causes.add(cause);
        }
    }
}
