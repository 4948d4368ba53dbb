package dev.myproxy.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of a channel: what was written to it goes out first, but not for ever. */
public final class Closing {

    private Closing() {}

    /** Completes when all that was written to a channel is on its way, or can't be any more. */
    public static ChannelFuture flushed(Channel channel) {
        return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** Closes our half of a connection. With TLS the peer is told first that this is the end, and not a break. */
    public static void output(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            var _ = ((DuplexChannel) channel).shutdownOutput();
        } else {
            tls.closeOutbound().addListener(_ -> {
                if (channel.isActive()) {
                    var _ = ((DuplexChannel) channel).shutdownOutput();
                }
            });
        }
    }

    /**
     * Closes our half of a connection whose peer still has something to say. TLS is not told, because it would take its leave for the end
     * of what it reads, too.
     */
    public static void half(Channel channel) {
        var _ = ((DuplexChannel) channel).shutdownOutput();
    }

    /** Closes a channel when all that was written to it is on its way, or when that takes too long. */
    public static void whenFlushed(Channel channel, Duration limit) {
        limit(flushed(channel), limit).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes a channel unless it has been flushed in time: its peer does not take what it gets. */
    public static ChannelFuture limit(ChannelFuture flushed, Duration limit) {
        if (!flushed.isDone()) {
            Channel channel = flushed.channel();
            Future<?> alarm = channel.eventLoop().schedule(() -> {
                var _ = channel.close();
            }, limit.toNanos(), TimeUnit.NANOSECONDS);
            flushed.addListener(_ -> alarm.cancel(false));
        }
        return flushed;
    }
}
