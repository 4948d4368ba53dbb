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
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** The kinds of channel that the event loops can drive, and which of them stands behind an {@link Address}. */
public enum Sockets {

    /** Linux's epoll, through Netty's native library: everything. */
    EPOLL,

    /** Java's own channels: no abstract Unix sockets, and no credentials of the peers of the other ones. */
    NIO;

    /** What the event loops of a group drive. */
    static Sockets of(EventLoopGroup group) {
        boolean epoll = group instanceof IoEventLoopGroup loops && loops.isIoType(EpollIoHandler.class);
        return epoll ? EPOLL : NIO;
    }

    /** A new channel to connect to an address with. */
    public Channel newChannel(Address address) {
        return switch (address) {
            case Address.Inet _ -> this == EPOLL ? new EpollSocketChannel() : new NioSocketChannel();
            case Address.UnixPath _,Address.Abstract _ ->
                this == EPOLL ? new EpollDomainSocketChannel() : new NioDomainSocketChannel();
        };
    }

    /**
     * Binds a socket to an address and listens on it. Blocks as long as the file system does.
     *
     * <p>A file of the name of a Unix socket may be deleted by this: look before. The file stays when the channel of an epoll
     * socket is closed.
     *
     * @return a channel that is not registered with an event loop yet
     */
    public ServerChannel listen(Address address, int backlog) throws IOException {
        return this == EPOLL
                ? ListeningSocket.epoll(address, socketAddress(address), backlog)
                : ListeningSocket.nio(address, socketAddress(address), backlog);
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
        if (this != EPOLL) {
            throw new IOException("Inherited sockets need the native transport");
        }
        return ListeningSocket.adopt(address, descriptor);
    }

    /**
     * An address as the channels of this kind want it.
     *
     * @throws IOException if they have no such addresses
     */
    public SocketAddress socketAddress(Address address) throws IOException {
        if (this == EPOLL) {
            return address.toNetty();
        }
        return switch (address) {
            case Address.Inet inet -> inet.socket();
            case Address.UnixPath unix -> UnixDomainSocketAddress.of(unix.path());
            case Address.Abstract _ -> throw new IOException("Abstract sockets need the native transport");
        };
    }
}
