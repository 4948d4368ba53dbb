package dev.myproxy.lua.net;

import dev.myproxy.address.Address;
import dev.myproxy.posix.Errno;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.PosixSockets;
import dev.myproxy.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sockets on the event loops of a Vert.x instance. */
public final class NettyNetwork implements Network {

    /** How many sockets scripts may have open: descriptors are for sessions. */
    static final int MOST_SOCKETS = 1000;

    private static final long PAUSE_MILLIS = 10;

    private final EventLoopGroup loops;
    private final Transport transport;
    private final SocketChannels channels;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicInteger count = new AtomicInteger();

    public NettyNetwork(Vertx vertx) {
        loops = ((VertxInternal) vertx).nettyEventLoopGroup();
        transport = Transport.quiet(vertx);
        channels = new SocketChannels(transport.sockets());
    }

    @Override
    public int count() {
        return count.get();
    }

    @Override
    public Future<ScriptSocket> connect(Address address, SocketKind kind, Duration timeout) {
        if (count.incrementAndGet() > MOST_SOCKETS) {
            count.decrementAndGet();
            return Future.failedFuture(SocketFailure.of("Too many open sockets (" + MOST_SOCKETS + ")"));
        }
        if (kind == SocketKind.SEQPACKET) {
            PosixSockets.link();
        }
        Promise<ScriptSocket> result = Promise.promise();
        EventLoop loop = loops.next();
        Opening opening = new Opening(loop, address, kind, timeout, result);
        loop.execute(opening::begin);
        return result.future().onFailure(_ -> count.decrementAndGet());
    }

    @Override
    public void close() {
        var _ = open.close();
    }

    /** Takes a channel that is connected. On its event loop. */
    private ScriptSocket opened(Channel channel, SocketKind kind) {
        SocketHandler handler = new SocketHandler(channel, kind);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(handler);
        open.add(channel);
        channel.closeFuture().addListener(_ -> count.decrementAndGet());
        return new NettySocket(channel.eventLoop(), handler);
    }

    /** One connection on its way. On its event loop. */
    private final class Opening {
        private final EventLoop loop;
        private final Address address;
        private final SocketKind kind;
        private final Duration timeout;
        private final Promise<ScriptSocket> result;

        private Opening(EventLoop loop, Address address, SocketKind kind, Duration timeout,
                Promise<ScriptSocket> result) {
            this.loop = loop;
            this.address = address;
            this.kind = kind;
            this.timeout = timeout;
            this.result = result;
        }

        private void begin() {
            try {
                switch (kind) {
                    case STREAM -> transport.connect(loop, address, new ChannelInboundHandlerAdapter(), timeout)
                            .addListener(this::finish);
                    case DGRAM -> datagrams();
                    case SEQPACKET -> sequencedPackets(System.nanoTime() + timeout.toNanos());
                }
            } catch (IOException | RuntimeException e) {
                result.fail(SocketFailure.of(e));
            }
        }

        private void finish(io.netty.util.concurrent.Future<? super Channel> connected) {
            if (connected.isSuccess()) {
                result.complete(opened((Channel) connected.getNow(), kind));
            } else {
                result.fail(SocketFailure.of(connected.cause()));
            }
        }

        private void datagrams() throws IOException {
            SocketAddress peer = transport.sockets().socketAddress(address);
            Channel channel = channels.datagrams(address);
            ChannelFuture registered = loop.register(channel);
            channels.ownAddress(address).ifPresent(own -> {
                var _ = channel.bind(own);
            });
            channel.connect(peer).addListener((ChannelFuture connected) -> {
                if (connected.isSuccess()) {
                    result.complete(opened(channel, kind));
                } else {
                    var _ = channel.close();
                    result.fail(SocketFailure.of(registered.isSuccess() ? connected.cause() : registered.cause()));
                }
            });
        }

        private void sequencedPackets(long deadlineNanos) throws IOException {
            try {
                Channel channel = channels.sequencedPackets(address);
                loop.register(channel).addListener((ChannelFuture registered) -> {
                    if (registered.isSuccess()) {
                        result.complete(opened(channel, kind));
                    } else {
                        channel.unsafe().closeForcibly();
                        result.fail(SocketFailure.of(registered.cause()));
                    }
                });
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EAGAIN) {
                    throw e;
                }
                if (System.nanoTime() - deadlineNanos >= 0) {
                    throw SocketFailure.timeout();
                }
                // the other side has not accepted others yet: a blocking connect would wait
                var _ = loop.schedule(() -> tryAgain(deadlineNanos), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private void tryAgain(long deadlineNanos) {
            try {
                sequencedPackets(deadlineNanos);
            } catch (IOException | RuntimeException e) {
                result.fail(SocketFailure.of(e));
            }
        }
    }
}
