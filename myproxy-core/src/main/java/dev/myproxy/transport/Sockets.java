package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
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

    /** A new channel to listen on an address with. */
    public ServerChannel newServerChannel(Address address) {
        return switch (address) {
            case Address.Inet _ -> this == EPOLL ? new EpollServerSocketChannel() : new NioServerSocketChannel();
            case Address.UnixPath _,Address.Abstract _ ->
                this == EPOLL ? new EpollServerDomainSocketChannel() : new NioServerDomainSocketChannel();
        };
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
