package dev.myproxy.dist;

import dev.myproxy.transport.ErrorText;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service manager, told of changes of state by datagrams as sd_notify(3) describes them. Needs the native epoll
 * transport.
 */
final class Systemd {

    private final EventLoopGroup loops;
    private final String socket;

    private Systemd(EventLoopGroup loops, String socket) {
        this.loops = loops;
        this.socket = socket;
    }

    /**
     * The service manager of this process.
     *
     * @param socket value of the environment variable NOTIFY_SOCKET: a path, or {@code @} and an abstract name
     * @return empty if there is none
     */
    static Optional<Systemd> at(@Nullable String socket, EventLoopGroup loops) {
        return socket == null || socket.isEmpty() ? Optional.empty() : Optional.of(new Systemd(loops, socket));
    }

    /**
     * Tells that the daemon is ready for clients. Waits until it is sent: not for event loops.
     *
     * @throws IOException if that fails
     */
    void ready() throws IOException {
        notify("READY=1");
    }

    private void notify(String state) throws IOException {
        if (!socket.startsWith("/") && !socket.startsWith("@")) {
            throw failure("not a kind of socket that is known here", null);
        }
        String path = socket.startsWith("@") ? "\0" + socket.substring(1) : socket;
        ChannelFuture connected = new Bootstrap().group(loops).channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter()).connect(new DomainSocketAddress(path));
        check(connected);
        try {
            check(connected.channel().writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.US_ASCII)));
        } finally {
            connected.channel().close().syncUninterruptibly();
        }
    }

    private void check(ChannelFuture step) throws IOException {
        if (!step.awaitUninterruptibly().isSuccess()) {
            throw failure(ErrorText.of(step.cause()), step.cause());
        }
    }

    private IOException failure(String reason, @Nullable Throwable cause) {
        return new IOException("Failed to notify " + socket + ": " + reason, cause);
    }
}
