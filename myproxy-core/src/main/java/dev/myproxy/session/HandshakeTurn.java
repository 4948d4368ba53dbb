package dev.myproxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the handler of TLS while a client shakes hands: what the client sends is looked at when it is its
 * {@linkplain HandshakeTurns turn}. Until then no more of it is read, and the time of the login does not run.
 */
final class HandshakeTurn extends ChannelInboundHandlerAdapter implements HandshakeTurns.Step {

    private final Session session;
    private final HandshakeTurns turns;
    private final Deque<ByteBuf> held = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean waiting;
    private boolean shaken;

    HandshakeTurn(Session session, HandshakeTurns turns) {
        this.session = session;
        this.turns = turns;
    }

    /**
     * Hands are shaken. That may be while more of the client's waits for its turn, since certificates are checked on another thread;
     * then this leaves when it has passed that on.
     */
    void shaken() {
        shaken = true;
        leaveIfDone();
    }

    private void leaveIfDone() {
        ChannelHandlerContext own = context;
        if (shaken && !waiting && held.isEmpty() && own != null && !own.isRemoved()) {
            own.pipeline().remove(this);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        held.add((ByteBuf) message);
        if (!waiting) {
            waiting = !turns.take(this);
            if (waiting) {
                reading.channel().config().setAutoRead(false);
                session.loginTimeout().pause();
            }
        }
    }

    /** The handler of TLS reads on by itself when it hears of this. */
    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (!waiting) {
            reading.fireChannelReadComplete();
        }
    }

    @Override
    public void go() {
        ChannelHandlerContext from = context;
        if (from == null || session.hasEnded()) {
            releaseHeld();
            return;
        }
        boolean waited = waiting;
        waiting = false;
        if (waited) {
            session.loginTimeout().run();
            from.channel().config().setAutoRead(true);
        }
        for (ByteBuf data = held.poll(); data != null; data = held.poll()) {
            from.fireChannelRead(data);
        }
        if (waited) {
            from.fireChannelReadComplete();
        }
        leaveIfDone();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        gone();
        inactive.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        gone();
    }

    private void gone() {
        turns.forget(this);
        releaseHeld();
    }

    private void releaseHeld() {
        held.forEach(ByteBuf::release);
        held.clear();
    }
}
