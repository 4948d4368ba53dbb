package dev.myproxy.address;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * The address of a socket. {@code toString()} is its text form as in configurations, logs and metrics.
 */
public sealed interface Address {

    /** Whether what is sent there can't leave this machine: a Unix socket or a loopback address. */
    boolean isLocal();

    /** The address as Netty's native channels want it. */
    SocketAddress toNetty();

    /** The address of a socket as a channel gives it. */
    static Address of(SocketAddress socket) {
        return switch (socket) {
            case InetSocketAddress inet -> new Inet(inet);
            case DomainSocketAddress unix when unix.path().startsWith("\0") -> new Abstract(unix.path().substring(1));
            case DomainSocketAddress unix -> new UnixPath(unix.path());
            case UnixDomainSocketAddress unix -> new UnixPath(unix.getPath().toString());
            default -> throw new IllegalArgumentException("unknown kind of address: " + socket);
        };
    }

    static Address inet(InetAddress ip, int port) {
        return new Inet(new InetSocketAddress(ip, port));
    }

    /**
     * An IP address and a port.
     *
     * @param socket resolved; an IPv4 address that arrives in its IPv6 form becomes a plain one
     */
    record Inet(InetSocketAddress socket) implements Address {
        public Inet {
            if (socket.isUnresolved()) {
                throw new IllegalArgumentException("unresolved: " + socket);
            }
            socket = AddressText.unmapped(socket);
        }

        @Override
        public boolean isLocal() {
            return socket.getAddress().isLoopbackAddress();
        }

        @Override
        public SocketAddress toNetty() {
            return socket;
        }

        @Override
        public String toString() {
            return AddressText.of(socket);
        }
    }

    /** A Unix socket in the file system. An empty path stands for an unnamed socket. */
    record UnixPath(String path) implements Address {
        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public SocketAddress toNetty() {
            return new DomainSocketAddress(path);
        }

        @Override
        public String toString() {
            return path.isEmpty() ? "?" : path;
        }
    }

    /**
     * A Unix socket in Linux's abstract namespace.
     *
     * @param name without the leading NUL
     */
    record Abstract(String name) implements Address {
        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public SocketAddress toNetty() {
            return new DomainSocketAddress("\0" + name);
        }

        @Override
        public String toString() {
            return "@" + name.replace('\0', '@');
        }
    }
}
