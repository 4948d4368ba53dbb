package dev.myproxy.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
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
