package dev.myproxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The handler of a connection that has one handshake. BoringSSL answers to the wish for another one by an alert, and it is only at
 * the next record that Netty hears of that; so this ends the connection at once.
 */
final class ClientSslHandler extends SslHandler {

    /** The first byte of a record of TLS 1.2 with a message of a handshake; TLS 1.3 has none that looks so later on. */
    private static final byte HANDSHAKE = 22;

    ClientSslHandler(SSLEngine engine, Executor checks) {
        super(engine, false, checks);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SSLException {
        if (in.getByte(in.readerIndex()) == HANDSHAKE && handshakeFuture().isSuccess()) {
            in.skipBytes(in.readableBytes());
            context.fireExceptionCaught(new SSLException("the client wants another handshake (renegotiation)"));
            try {
                close(context, context.newPromise());
            } catch (Exception e) {
                throw new SSLException(e);
            }
        } else {
            super.decode(context, in, out);
        }
    }
}
