package dev.myproxy.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** A phase of the client's side: the session ends when the client leaves. */
abstract class ClientPhase extends ChannelInboundHandlerAdapter {

    private final Session session;

    ClientPhase(Session session) {
        this.session = session;
    }

    final Session session() {
        return session;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.end(DisconnectCause.CLIENT_CLOSED);
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.broken(cause, DisconnectCause.CLIENT_CLOSED);
    }
}
