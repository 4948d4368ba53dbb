package dev.myproxy.listen;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.posix.Errno;
import dev.myproxy.transport.SocketOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.uring.UnixStreamChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In the pipeline of a listener: puts each new client on an event loop and hands it on there. */
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /**
     * What accept(2) reports of a client that is gone already or that a firewall refuses: EPERM, ENONET, EPROTO, ENOPROTOOPT,
     * EOPNOTSUPP, ENETDOWN, ENETUNREACH, ECONNABORTED, EHOSTDOWN, EHOSTUNREACH.
     */
    private static final Set<Integer> ONE_CLIENT_ONLY = Set.of(-1, -64, -71, -92, -95, -100, -101, -103, -112, -113);

    private final Address address;
    private final boolean inheriting;
    private final EventLoopBalance loops;
    private final Consumer<AcceptedClient> consumer;
    private final AcceptPause pause;
    private final Optional<Overflow> overflow;

    /**
     * @param inheriting whether clients have the listener's options
     * @param refusal    for clients without a descriptor; they wait if empty
     */
    Acceptor(Channel listener, Address address, boolean inheriting, EventLoopBalance loops,
            Consumer<AcceptedClient> consumer, Optional<Refusal> refusal) {
        this.address = address;
        this.inheriting = inheriting;
        this.loops = loops;
        this.consumer = consumer;
        this.pause = new AcceptPause(listener, address);
        this.overflow = refusal.flatMap(words -> Overflow.of(listener, address, words,
                () -> pause.failed(new IOException(Errno.text(Errno.EMFILE)))));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel client = (Channel) message;
        try {
            SocketOptions.applyToClient(client, address, inheriting);
            EventLoop loop = loops.assign(client);
            loop.execute(() -> register(client, loop));
        } catch (RuntimeException e) {
            dropped(client, e);
        }
    }

    /**
     * As a task: among the events that the loop has received and not handled yet there may be some of a socket that was closed a
     * moment ago and had the same number.
     */
    private void register(Channel client, EventLoop loop) {
        loop.register(client).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                handOn(client);
            } else {
                dropped(client, registered.cause());
            }
        });
    }

    /** On the client's event loop. */
    private void handOn(Channel client) {
        if (!client.isOpen()) {
            return;
        }
        try {
            consumer.accept(new AcceptedClient(client, address, peer(client), credentials(client)));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            dropped(client, e);
        }
    }

    private static Address peer(Channel client) {
        SocketAddress remote = client.remoteAddress();
        return remote == null ? new Address.UnixPath("") : Address.of(remote);
    }

    private static Optional<PeerCredentials> credentials(Channel client) throws IOException {
        io.netty.channel.unix.PeerCredentials peer;
        switch (client) {
            case EpollDomainSocketChannel unix -> peer = unix.peerCredentials();
            case UnixStreamChannel unix -> peer = unix.peerCredentials();
            default -> {
                return Optional.empty();
            }
        }
        int[] groups = peer.gids();
        return Optional.of(new PeerCredentials(peer.pid(), peer.uid(), groups.length == 0 ? -1 : groups[0]));
    }

    private void dropped(Channel client, Throwable cause) {
        LOG.error("Dropped a client of {}", address, cause);
        if (client.isRegistered()) {
            var _ = client.close();
        } else {
            client.unsafe().closeForcibly();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean oneClientOnly = cause instanceof NativeIoException io && ONE_CLIENT_ONLY.contains(io.expectedErr());
        if (!oneClientOnly && (overflow.isEmpty() || !overflow.get().handles(cause))) {
            pause.failed(cause);
        }
    }
}
