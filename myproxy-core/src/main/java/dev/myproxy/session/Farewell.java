package dev.myproxy.session;

import dev.myproxy.transport.Closing;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client's side after our last packet: our half of the connection is closed, and what the client still sends is thrown
 * away until it closes its half or a short time is over. Closing with data unread would reset the connection, and the
 * client might lose the ERR packet that says why.
 */
final class Farewell extends ChannelInboundHandlerAdapter {

    private static final long LIMIT_SECONDS = 2;

    private final ChannelFuture flushed;
    private @Nullable Future<?> limit;

    /** @param flushed completes when the last packet is on its way */
    Farewell(ChannelFuture flushed) {
        this.flushed = flushed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        flushed.addListener(_ -> {
            if (HalfClosed.isHalfClosed(context.channel())) {
                close(context);
            } else if (context.channel().isActive()) {
                Closing.output(context.channel());
                context.channel().config().setAutoRead(true);
                limit = context.executor().schedule(() -> close(context), LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            close(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (limit != null) {
            limit.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }
}
