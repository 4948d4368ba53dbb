package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets that the event loops of a Vert.x instance drive. Safe to use from every thread. */
public final class Transport implements Connector {

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final Sockets sockets;

    private Transport(Sockets sockets) {
        this.sockets = sockets;
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
                    whyNotNative());
        }
        return transport;
    }

    /** The same without a word in the log. */
    public static Transport quiet(Vertx vertx) {
        return new Transport(Sockets.of(((VertxInternal) vertx).nettyEventLoopGroup()));
    }

    private static String whyNotNative() {
        io.vertx.core.transport.Transport epoll = io.vertx.core.transport.Transport.EPOLL;
        if (epoll == null) {
            return " (its library is missing)";
        }
        return epoll.available() ? "" : " (" + epoll.unavailabilityCause() + ")";
    }

    public Sockets sockets() {
        return sockets;
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
