package dev.myproxy.session;

import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.transport.PolledOutput;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** A phase of the client's side: the session ends when the client leaves, or when it is expelled. */
abstract class ClientPhase extends ChannelInboundHandlerAdapter {

    private final Session session;

    ClientPhase(Session session) {
        this.session = session;
    }

    final Session session() {
        return session;
    }

    /** The sequence id of an ERR packet that the client gets now. */
    abstract int nextSequenceId();

    /** Ends the session though neither client nor server asked for it, with an ERR packet that says why. */
    void expel(DisconnectCause cause, ErrPacket error) {
        session.refuse(cause, nextSequenceId(), error);
    }

    /** A number that changes whenever something has passed. */
    long activity() {
        return 0;
    }

    /** When the session can be ended without harm. */
    Departure departure() {
        return Departure.LATER;
    }

    /** Whether the other side is a balancer that only wanted to know whether we are here, if it leaves now. */
    boolean isProxyCheck() {
        return false;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.end(DisconnectCause.CLIENT_CLOSED);
    }

    /** Whether the session of a client that sends no more ends at once, with nothing left to write to it. */
    boolean isDone() {
        return false;
    }

    /** The client has closed its half of the connection: it sends no more. */
    void halfClosed() {
        session.end(DisconnectCause.CLIENT_CLOSED);
    }

    /** Nothing can be sent to the client any more. */
    void deaf() {
        session.end(DisconnectCause.CLIENT_CLOSED);
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (session.hasEnded() || !isDone()) {
                PolledOutput.takeOver(context.channel());
                context.channel().config().setAutoRead(false);
            }
            if (!session.hasEnded()) {
                halfClosed();
            }
        } else if (event instanceof ChannelOutputShutdownEvent && !session.hasEnded()) {
            deaf();
        } else if (event instanceof SslHandshakeCompletionEvent shaken && !session.hasEnded()) {
            session.tls().shaken(shaken);
        } else if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess() && !session.hasEnded()) {
            // Who says so reads no more either.
            channelInactive(context);
        }
    }

    /**
     * What failed to be written is not the end: what the client sent before may still be there. Nor is what TLS does not
     * understand: its handler closes the connection.
     */
    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!HalfClosed.isWriteFailure(cause) && !session.tls().failed(cause)) {
            session.broken(cause, DisconnectCause.CLIENT_CLOSED);
        }
    }
}
