package dev.myproxy.lua.net;

import dev.myproxy.address.Address;
import dev.myproxy.posix.PosixSockets;
import dev.myproxy.transport.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Makes the channels that carry messages; streams are made by {@link dev.myproxy.transport.Transport}. */
record SocketChannels(Sockets sockets) {

    /** The kernel's own limit for UDP, and more than Linux lets a Unix socket send by default. */
    private static final int LARGEST_DATAGRAM = 64 * 1024;
    private static final int LARGEST_UNIX_MESSAGE = 256 * 1024;

    /** A channel for datagrams, not yet connected. */
    Channel datagrams(Address address) throws IOException {
        return switch (address) {
            case Address.Inet _ -> prepared(
                    sockets == Sockets.EPOLL ? new EpollDatagramChannel() : new NioDatagramChannel(), LARGEST_DATAGRAM);
            case Address.UnixPath _,Address.Abstract _ -> {
                requireEpoll();
                yield prepared(new EpollDomainDatagramChannel(), LARGEST_UNIX_MESSAGE);
            }
        };
    }

    /** Where a datagram socket gets its answers; the kernel finds an address by itself for UDP only. */
    Optional<DomainSocketAddress> ownAddress(Address peer) {
        return peer instanceof Address.Inet
                ? Optional.empty()
                : Optional.of(new DomainSocketAddress("\0myproxy-" + UUID.randomUUID()));
    }

    /** A channel for sequenced packets, connected; EAGAIN if the other side is busy. */
    Channel sequencedPackets(Address address) throws IOException {
        requireEpoll();
        String path = switch (address) {
            case Address.Inet _ -> throw SocketFailure.of("Socket type not supported");
            case Address.UnixPath(String name) -> name;
            case Address.Abstract(String name) -> "\0" + name;
        };
        int socket = PosixSockets.connectSeqpacket(path.getBytes(StandardCharsets.UTF_8));
        return prepared(new EpollDomainSocketChannel(socket, true), LARGEST_UNIX_MESSAGE);
    }

    private static Channel prepared(Channel channel, int largestMessage) {
        channel.config().setAutoRead(false);
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(largestMessage));
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        return channel;
    }

    private void requireEpoll() throws IOException {
        if (sockets != Sockets.EPOLL) {
            throw SocketFailure.of("Unix sockets for messages need the native transport");
        }
    }
}
