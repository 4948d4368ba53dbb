package dev.myproxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.TcpStreamChannel;
import io.netty.channel.uring.UnixStreamChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Objects;
import java.util.Optional;

/**
 * Event loops that wait for sockets with io_uring(7): what all connections of a loop want to read, to write and to wait for is
 * one system call together.
 *
 * <p>A channel asks whether there is something to read, and reads when it is asked to. Multishot receive would spare the
 * question, but goes on for as much as is there when reading has been switched off: too much for back-pressure, and for a login
 * during which a client may not send.
 */
public final class IoUringLoops {

    private IoUringLoops() {}

    /** Why there can be no such event loops; empty if they work. May take some milliseconds the first time. */
    public static Optional<String> unavailable() {
        if (!IoUring.isAvailable()) {
            Throwable cause = IoUring.unavailabilityCause();
            return Optional.of(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        }
        // What tells Linux 6.0, which also knows who alone submits to a ring.
        return IoUring.isRecvMultishotEnabled() ? Optional.empty() : Optional.of("the kernel is older than Linux 6.0");
    }

    static EventLoopGroup start(int count) {
        unavailable().ifPresent(reason -> {
            throw new IllegalStateException("io_uring does not work: " + reason);
        });
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("myproxy-io_uring", true),
                IoUringIoHandler.newFactory());
    }

    static boolean areForChannel(Channel channel) {
        return channel instanceof TcpStreamChannel || channel instanceof UnixStreamChannel;
    }
}
