package dev.myproxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The client's side while the script decides and the server is logged in to. Reading is off; what arrives all the same
 * (with the end of the stream) and what came behind the handshake response waits for the command phase. Bounded by the
 * socket's receive buffer.
 */
final class WaitingClient extends ClientPhase {

    private final Deque<ByteBuf> early = new ArrayDeque<>();
    private final int nextSequenceId;

    /**
     * @param nextSequenceId of the answer that the client waits for
     * @param rest           what was received behind the handshake response; taken over
     */
    WaitingClient(Session session, int nextSequenceId, ByteBuf rest) {
        super(session);
        this.nextSequenceId = nextSequenceId;
        early.add(rest);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
    }

    @Override
    int nextSequenceId() {
        return nextSequenceId;
    }

    /** The data that waited, for the command phase. */
    Deque<ByteBuf> takeEarlyData() {
        Deque<ByteBuf> data = new ArrayDeque<>(early);
        early.clear();
        return data;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        early.add((ByteBuf) message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        early.forEach(ByteBuf::release);
        early.clear();
    }
}
