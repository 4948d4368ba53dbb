package dev.myproxy.peers;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** Opens sockets to and at all kinds of {@link Address}. */
public final class Endpoints {

    private static final int BACKLOG = 4096;

    private Endpoints() {}

    /** A TCP address at the loopback interface; port 0 lets {@link #listen} choose one. */
    public static Address tcp(int port) {
        return new Address.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public static Address unix(Path path) {
        return new Address.UnixPath(path.toString());
    }

    /** Connects at once: what can be reached in tests is on this machine. */
    public static SocketChannel connect(Address address) throws IOException {
        return switch (address) {
            case Address.Inet inet -> SocketChannel.open(inet.socket());
            case Address.UnixPath unix -> SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
            case Address.Abstract name -> {
                AFUNIXSocketChannel channel = AFUNIXSocketChannel.open();
                channel.connect(AFUNIXSocketAddress.inAbstractNamespace(name.name()));
                yield channel;
            }
        };
    }

    /** Connects from an address of this machine. */
    static SocketChannel connect(String host, Address.Inet address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0)).connect(address.socket());
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Binds a listening socket. */
    public static ServerSocketChannel listen(Address address) throws IOException {
        return switch (address) {
            case Address.Inet inet -> ServerSocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(inet.socket(), BACKLOG);
            case Address.UnixPath unix -> ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    .bind(UnixDomainSocketAddress.of(unix.path()), BACKLOG);
            case Address.Abstract name -> AFUNIXServerSocketChannel.open()
                    .bind(AFUNIXSocketAddress.inAbstractNamespace(name.name()), BACKLOG);
        };
    }

    /** The address to reach a listening socket at: what was asked for, with the port that was chosen. */
    public static Address bound(ServerSocketChannel listener, Address wanted) throws IOException {
        return wanted instanceof Address.Inet
                ? new Address.Inet((InetSocketAddress) listener.getLocalAddress())
                : wanted;
    }

    /** A TCP port at the loopback interface that nobody listens at right now. */
    public static int freePort() throws IOException {
        try (ServerSocketChannel probe = listen(tcp(0))) {
            return ((InetSocketAddress) probe.getLocalAddress()).getPort();
        }
    }
}
