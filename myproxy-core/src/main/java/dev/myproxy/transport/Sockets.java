package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.ListeningChannel;
import io.netty.channel.uring.TcpStreamChannel;
import io.netty.channel.uring.UnixStreamChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;

/** The kinds of channel that the event loops can drive, and which of them stands behind an {@link Address}. */
public enum Sockets {

    /** Linux's epoll, through Netty's native library: everything. */
    EPOLL,

    /** Linux's io_uring, through Netty's native library: what sessions need, that is streams. */
    IO_URING,

    /** Java's own channels: no abstract Unix sockets, and no credentials of the peers of the other ones. */
    NIO;

    /** Bytes in {@code sun_path}, as unix(7) says, without the NUL. */
    private static final int LONGEST_PATH = 107;

    /** What the event loops of a group drive. */
    static Sockets of(EventLoopGroup group) {
        if (!(group instanceof IoEventLoopGroup loops)) {
            return NIO;
        }
        return loops.isIoType(EpollIoHandler.class)
                ? EPOLL
                : loops.isIoType(IoUringIoHandler.class) ? IO_URING : NIO;
    }

    /** A new channel to connect to an address with. */
    public Channel newChannel(Address address) {
        boolean tcp = address instanceof Address.Inet;
        return switch (this) {
            case EPOLL -> tcp ? new EpollSocketChannel() : new EpollDomainSocketChannel();
            case IO_URING -> tcp ? new TcpStreamChannel() : new UnixStreamChannel();
            case NIO -> tcp ? new NioSocketChannel() : new NioDomainSocketChannel();
        };
    }

    /**
     * Binds a socket to an address and listens on it. Blocks as long as the file system does.
     *
     * <p>A file of the name of a Unix socket may be deleted by this: look before. The file stays when the channel of a native
     * socket is closed.
     *
     * @return a channel that is not registered with an event loop yet
     */
    public ServerChannel listen(Address address, int backlog) throws IOException {
        SocketAddress where = socketAddress(address);
        return switch (this) {
            case EPOLL -> ListeningSocket.epoll(address, where, backlog);
            case IO_URING -> ListeningChannel.bind(where, backlog);
            case NIO -> ListeningSocket.nio(address, where, backlog);
        };
    }

    /**
     * Makes a channel of a socket that listens already, whose options stay as they are; it does not delete the file of a Unix
     * socket.
     *
     * @param descriptor does not block; the channel closes it, and the caller if this fails
     * @param address    where the socket is bound
     * @return a channel that is not registered with an event loop yet
     */
    public ServerChannel adopt(int descriptor, Address address) throws IOException {
        return switch (this) {
            case EPOLL -> ListeningSocket.adopt(address, descriptor);
            case IO_URING -> ListeningChannel.adopt(descriptor, socketAddress(address));
            case NIO -> throw new IOException("Inherited sockets need the native transport");
        };
    }

    /**
     * An address as the channels of this kind want it.
     *
     * @throws IOException if they have no such addresses
     */
    public SocketAddress socketAddress(Address address) throws IOException {
        if (this == IO_URING && address instanceof Address.UnixPath(var path)
                && path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            // Netty says so in other words than the system.
            throw new IOException("File name too long");
        }
        if (this != NIO) {
            return address.toNetty();
        }
        return switch (address) {
            case Address.Inet inet -> inet.socket();
            case Address.UnixPath unix -> UnixDomainSocketAddress.of(unix.path());
            case Address.Abstract _ -> throw new IOException("Abstract sockets need the native transport");
        };
    }
}
