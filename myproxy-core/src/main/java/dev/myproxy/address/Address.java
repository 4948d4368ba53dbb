package dev.myproxy.address;

import java.net.InetSocketAddress;

/**
 * The address of a socket. {@code toString()} is its text form as in configurations, logs and metrics.
 */
public sealed interface Address {

    /**
     * An IP address and a port.
     *
     * @param socket resolved
     */
    record Inet(InetSocketAddress socket) implements Address {
        public Inet {
            if (socket.isUnresolved()) {
                throw new IllegalArgumentException("unresolved: " + socket);
            }
        }

        @Override
        public String toString() {
            return AddressText.of(socket);
        }
    }

    /** A Unix socket in the file system. An empty path stands for an unnamed socket. */
    record UnixPath(String path) implements Address {
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
        public String toString() {
            return "@" + name.replace('\0', '@');
        }
    }
}
