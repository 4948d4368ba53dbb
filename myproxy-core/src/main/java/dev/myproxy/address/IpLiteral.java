package dev.myproxy.address;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * IP addresses in text: IPv4 in all forms of inet_aton(3), IPv6 with an optional {@code %scope} (an interface's name or
 * index), and {@code *}.
 */
final class IpLiteral {

    private static final Path IPV6_ADDRESSES = Path.of("/proc/net/if_inet6");

    private IpLiteral() {}

    /** Parses a text; empty if it is a host name. */
    static Optional<InetAddress> parse(String host, Purpose purpose) throws AddressException {
        if (host.equals("*")) {
            return Optional.of(any(purpose));
        }
        try {
            return Optional.of(host.indexOf(':') < 0 ? Inet4Address.ofPosixLiteral(host) : parseV6(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static InetAddress parseV6(String host) throws AddressException {
        int percent = host.indexOf('%');
        if (percent < 0) {
            return Inet6Address.ofLiteral(host);
        }
        InetAddress plain = Inet6Address.ofLiteral(host.substring(0, percent));
        try {
            return Inet6Address.getByAddress(null, plain.getAddress(), scope(host.substring(percent + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("a scope needs an IPv6 address", e);
        }
    }

    private static int scope(String name) throws AddressException {
        if (PortNumber.isNumber(name)) {
            return Integer.parseInt(name);
        }
        try {
            NetworkInterface networkInterface = name.isEmpty() ? null : NetworkInterface.getByName(name);
            if (networkInterface != null) {
                return networkInterface.getIndex();
            }
        } catch (SocketException e) {
            throw new AddressException("No such interface: " + name + " (" + e.getMessage() + ")");
        }
        throw new AddressException("No such interface: " + name);
    }

    private static InetAddress any(Purpose purpose) {
        boolean v6 = hasIpv6();
        return switch (purpose) {
            case LISTEN -> v6 ? Inet6Address.ofLiteral("::") : Inet4Address.ofLiteral("0.0.0.0");
            case CONNECT -> v6 ? Inet6Address.ofLiteral("::1") : Inet4Address.ofLiteral("127.0.0.1");
        };
    }

    /** Whether this machine has an IPv6 address, be it only its loopback address. */
    private static boolean hasIpv6() {
        try {
            return !Files.readString(IPV6_ADDRESSES).isBlank();
        } catch (IOException _) {
            return false;
        }
    }
}
