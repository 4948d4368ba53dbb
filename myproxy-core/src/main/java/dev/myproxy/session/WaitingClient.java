package dev.myproxy.session;

import dev.myproxy.session.meters.DisconnectCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The client's side while the script decides and the server is logged in to. Clients
 * rarely send anything now, so reading is switched off only when one does. That, what arrives all the same (with the end of
 * the stream) and what came behind the handshake response wait for the command phase, up to {@link #MAX_EARLY_BYTES}. A client that has closed its half of the connection is logged in all the same, if that does not take
 * too long.
 */
final class WaitingClient extends ClientPhase {

    /** How much a client may send before it is logged in. */
    static final int MAX_EARLY_BYTES = 64 * 1024;

    /** How long a login goes on for a client that has closed its half and sent no command: most of those are gone. */
    private static final Duration ALMOST_GONE = Duration.ofSeconds(3);

    private final Deque<ByteBuf> early = new ArrayDeque<>();
    private final int nextSequenceId;
    private Optional<HalfClosed> half = Optional.empty();
    private int earlyBytes;

    /**
     * @param nextSequenceId of the answer that the client waits for
     * @param rest           what was received behind the handshake response; taken over
     */
    WaitingClient(Session session, int nextSequenceId, ByteBuf rest) {
        super(session);
        this.nextSequenceId = nextSequenceId;
        keep(rest);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (earlyBytes > 0) {
            context.channel().config().setAutoRead(false);
        }
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (HalfClosed.isHalfClosed(context.channel())) {
            halfClosed();
        }
    }

    private void keep(ByteBuf data) {
        early.add(data);
        earlyBytes += data.readableBytes();
    }

    @Override
    void halfClosed() {
        Duration limit = earlyBytes > 0 ? session().options().loginTimeout() : ALMOST_GONE;
        half = Optional.of(new HalfClosed(session(), () -> true, limit,
                () -> session().end(DisconnectCause.CLIENT_CLOSED)));
        half.get().begin();
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

    /** The data that waited, for what the client is asked now. */
    ByteBuf takeEarly() {
        return Unpooled.wrappedBuffer(takeEarlyData().toArray(ByteBuf[]::new));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.channel().config().setAutoRead(false);
        keep((ByteBuf) message);
        if (earlyBytes > MAX_EARLY_BYTES) {
            session().fail(DisconnectCause.CLIENT_MALFORMED, "Client sends too much before it is logged in",
                    nextSequenceId, ClientErrors.TOO_MUCH_AT_LOGIN);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        half.ifPresent(HalfClosed::stop);
        early.forEach(ByteBuf::release);
        early.clear();
    }
}
