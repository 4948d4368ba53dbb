package dev.myproxy.transport;

import dev.myproxy.address.Address;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/**
 * Makes server channels of sockets that listen already, so that binding fails at once and in words of the kernel, and
 * so that a channel treats a socket of ours like one that was inherited: it does not delete the file of a Unix socket.
 */
final class ListeningSocket {

    private ListeningSocket() {}

    static ServerChannel epoll(Address address, SocketAddress where, int backlog) throws IOException {
        boolean tcp = address instanceof Address.Inet;
        Socket socket = tcp ? Socket.newSocketStream() : Socket.newSocketDomain();
        try {
            if (tcp) {
                socket.setReuseAddress(true);
            }
            socket.bind(where);
            socket.listen(backlog);
            return tcp
                    ? new EpollServerSocketChannel(socket.intValue())
                    : new EpollServerDomainSocketChannel(socket.intValue(), true);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    static ServerChannel adopt(Address address, int descriptor) throws IOException {
        if (!(address instanceof Address.Inet)) {
            return new EpollServerDomainSocketChannel(descriptor, true);
        }
        boolean reuseAddress = new Socket(descriptor).isReuseAddress();
        EpollServerSocketChannel channel = new EpollServerSocketChannel(descriptor);
        // Netty has switched it on
        channel.config().setReuseAddress(reuseAddress);
        return channel;
    }

    static ServerChannel nio(Address address, SocketAddress where, int backlog) throws IOException {
        boolean tcp = address instanceof Address.Inet;
        ServerSocketChannel socket = tcp
                ? ServerSocketChannel.open()
                : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (tcp) {
                socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            socket.bind(where, backlog);
            return tcp ? new NioServerSocketChannel(socket) : new NioServerDomainSocketChannel(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
