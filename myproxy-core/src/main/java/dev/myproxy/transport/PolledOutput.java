package dev.myproxy.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.PendingWriteQueue;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a client that has closed its half of the connection. Netty's epoll channels take a socket of which nothing is to be
 * read out of the epoll set, and then fail when they want to be told that it has room again (4.2.18). So this asks the system
 * itself, and never gives the channel more than there is room for. The channels of io_uring need nothing of the kind.
 */
public final class PolledOutput extends ChannelOutboundHandlerAdapter {

    /** Fits where poll(2) says that there is room. */
    private static final int PIECE_BYTES = 8 * 1024;

    private static final long PAUSE_MILLIS = 5;

    private @Nullable PendingWriteQueue queue;
    private boolean paused;

    private PolledOutput() {}

    /** Takes the output of a channel over, if that is necessary. To be called while it still is in the epoll set. */
    public static void takeOver(Channel channel) {
        if (SocketState.isKnown(channel) && !IoUringLoops.areForChannel(channel)
                && channel.pipeline().get(PolledOutput.class) == null) {
            // What is queued already goes out as far as it can, and the channel waits for room for the rest.
            long before = Long.MAX_VALUE;
            for (long left = queuedBytes(channel); left > 0 && left < before; left = queuedBytes(channel)) {
                before = left;
                channel.flush();
            }
            channel.pipeline().addLast(new PolledOutput());
        }
    }

    private static long queuedBytes(Channel channel) {
        ChannelOutboundBuffer queued = channel.unsafe().outboundBuffer();
        return queued == null ? 0 : queued.totalPendingWriteBytes() - queued.currentProgress();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        queue = new PendingWriteQueue(context);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        queue().add(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (!paused) {
            drain(context);
        }
    }

    private void drain(ChannelHandlerContext context) {
        while (queue().current() instanceof ByteBuf next) {
            if (!hasRoom(context.channel())) {
                pause(context);
                return;
            }
            ByteBuf piece = next.readRetainedSlice(Math.min(next.readableBytes(), PIECE_BYTES));
            var _ = next.isReadable()
                    ? context.writeAndFlush(piece, context.voidPromise())
                    : context.writeAndFlush(piece, queue().remove());
        }
    }

    private static boolean hasRoom(Channel channel) {
        ChannelOutboundBuffer below = channel.unsafe().outboundBuffer();
        if (below == null || !channel.isOpen()) {
            return true;
        }
        return below.isEmpty() && SocketState.hasRoom(channel);
    }

    private void pause(ChannelHandlerContext context) {
        paused = true;
        var _ = context.executor().schedule(() -> {
            paused = false;
            context.flush();
            if (!context.isRemoved()) {
                drain(context);
            }
        }, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        failAll();
        var _ = context.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        failAll();
    }

    private void failAll() {
        if (!queue().isEmpty()) {
            queue().removeAndFailAll(new ClosedChannelException());
        }
    }

    private PendingWriteQueue queue() {
        if (queue == null) {
            throw new IllegalStateException("in no pipeline");
        }
        return queue;
    }
}
