package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;

/** Makes connections to servers. Safe to use from every thread. */
public interface Connector {

    /**
     * Connects to a server.
     *
     * <p>The handler is put into the pipeline when the connection stands, just before its {@code channelActive} is called;
     * the channel's auto-read is off. A Unix socket whose backlog is full is tried again until the time is over, as a
     * blocking client would wait.
     *
     * @param loop    the event loop that the channel stays on
     * @param timeout how long it may take until the connection stands
     * @return completes on {@code loop}, before {@code channelActive}; fails with what {@link ErrorText} can read; cancelling
     *         it closes the socket
     */
    Future<Channel> connect(EventLoop loop, Address address, ChannelHandler handler, Duration timeout);

    /** What to tell the administrator about a connection that failed. */
    default String describe(Throwable failure, Address address) {
        return "Failed to connect to " + address + ": " + ErrorText.of(failure);
    }
}
