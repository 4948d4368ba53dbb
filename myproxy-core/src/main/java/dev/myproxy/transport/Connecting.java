package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection on its way, perhaps in several attempts. Lives on its event loop. */
final class Connecting {

    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final Sockets sockets;
    private final EventLoop loop;
    private final Address address;
    private final ChannelHandler handler;
    private final long deadlineNanos;
    private final Promise<Channel> result;
    private @Nullable Channel channel;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    Connecting(Sockets sockets, EventLoop loop, Address address, ChannelHandler handler, Duration timeout) {
        this.sockets = sockets;
        this.loop = loop;
        this.address = address;
        this.handler = handler;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
        this.result = loop.newPromise();
    }

    Future<Channel> result() {
        return result;
    }

    void begin() {
        result.addListener(_ -> {
            if (result.isCancelled()) {
                closeChannel();
            }
        });
        attempt();
    }

    private void attempt() {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (result.isDone()) {
            return;
        }
        if (leftMillis <= 0) {
            result.tryFailure(new ConnectTimeoutException());
            return;
        }
        try {
            Channel next = sockets.newChannel(address);
            channel = next;
            SocketOptions.apply(next, address);
            next.config().setConnectTimeoutMillis((int) Math.min(leftMillis, Integer.MAX_VALUE));
            next.pipeline().addLast(new Starter());
            var remote = sockets.socketAddress(address);
            loop.register(next).addListener((ChannelFuture registered) -> {
                if (registered.isSuccess()) {
                    next.connect(remote).addListener(this::attempted);
                } else {
                    attempted(registered);
                }
            });
        } catch (IOException | RuntimeException e) {
            // No descriptor is left, or this kind of socket does not exist here.
            closeChannel();
            result.tryFailure(e);
        }
    }

    private void attempted(Future<? super Void> attempt) {
        if (attempt.isSuccess()) {
            return;
        }
        closeChannel();
        if (ErrorText.isTryAgain(attempt.cause())) {
            var _ = loop.schedule(this::attempt, pauseMillis, TimeUnit.MILLISECONDS);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        } else {
            result.tryFailure(attempt.cause());
        }
    }

    private void closeChannel() {
        Channel old = channel;
        channel = null;
        if (old != null && old.isRegistered()) {
            var _ = old.close();
        } else if (old != null) {
            old.unsafe().closeForcibly();
        }
    }

    /** Makes room for the real handler. */
    private final class Starter extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel connected = context.channel();
            if (result.setUncancellable()) {
                connected.pipeline().addLast(handler);
                result.setSuccess(connected);
                context.fireChannelActive();
                context.pipeline().remove(this);
            }
        }
    }
}
