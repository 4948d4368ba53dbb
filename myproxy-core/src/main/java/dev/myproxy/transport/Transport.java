package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Event loops and the sockets that they drive. Safe to use from every thread. */
public final class Transport implements Connector, AutoCloseable {

    private static final int SHUTDOWN_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final Sockets sockets;
    private final EventLoopGroup loops;

    private Transport(EventLoopGroup loops) {
        this.sockets = Sockets.of(loops);
        this.loops = loops;
    }

    /** What a Vert.x instance should be built with: epoll where it works, else Java's own channels. */
    public static io.vertx.core.transport.Transport preferred() {
        io.vertx.core.transport.Transport epoll = io.vertx.core.transport.Transport.EPOLL;
        return epoll != null && epoll.available() ? epoll : io.vertx.core.transport.Transport.NIO;
    }

    /** The transport of a Vert.x instance. Says in the log if it is not the native one: call it once. */
    public static Transport of(Vertx vertx) {
        Transport transport = quiet(vertx);
        if (transport.sockets != Sockets.EPOLL) {
            LOG.warn("The native transport is not in use{}: no abstract sockets, no peer credentials, less speed",
                    whyNotNative().map(reason -> " (" + reason + ")").orElse(""));
        }
        return transport;
    }

    /** The same without a word in the log. */
    public static Transport quiet(Vertx vertx) {
        return new Transport(((VertxInternal) vertx).nettyEventLoopGroup());
    }

    /**
     * Event loops of its own, driven by io_uring. Vert.x's timers, event bus and futures work there by way of
     * {@link EventLoopContexts}; its own sockets stay where they are.
     *
     * @param count how many threads
     * @throws IllegalStateException if that does not work here: ask {@link IoUringLoops#unavailable} before
     */
    public static Transport ioUring(int count) {
        return new Transport(IoUringLoops.start(count));
    }

    /** Ends event loops that were made by {@link #ioUring}; those of Vert.x are its own affair. */
    @Override
    public void close() {
        if (sockets == Sockets.IO_URING) {
            loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    /** Why epoll does not work here; empty if it does. */
    public static Optional<String> whyNotNative() {
        io.vertx.core.transport.Transport epoll = io.vertx.core.transport.Transport.EPOLL;
        if (epoll == null) {
            return Optional.of("its library is missing");
        }
        return epoll.available() ? Optional.empty() : Optional.of(String.valueOf(epoll.unavailabilityCause()));
    }

    public Sockets sockets() {
        return sockets;
    }

    /** The event loops that connections and listening sockets live on. */
    public EventLoopGroup loops() {
        return loops;
    }

    @Override
    public Future<Channel> connect(EventLoop loop, Address address, ChannelHandler handler, Duration timeout) {
        Connecting connecting = new Connecting(sockets, loop, address, handler, timeout);
        // As a task, also on the loop itself: among the events that it has received and not handled yet there may be some of a
        // socket that was closed a moment ago and had the number that the new one gets.
        loop.execute(connecting::begin);
        return connecting.result();
    }
}
