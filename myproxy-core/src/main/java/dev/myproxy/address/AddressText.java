package dev.myproxy.address;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** The text form of IP addresses: {@code a.b.c.d:port}, {@code [v6%scope]:port}, without brackets if the port is 0. */
final class AddressText {

    private AddressText() {}

    static String of(InetSocketAddress socket) {
        InetAddress ip = socket.getAddress();
        String host = NetUtil.toAddressString(ip);
        if (ip instanceof Inet6Address v6 && v6.getScopeId() != 0) {
            host += "%" + interfaceName(v6.getScopeId());
        }
        if (socket.getPort() == 0) {
            return host;
        }
        return (ip instanceof Inet6Address ? "[" + host + "]" : host) + ":" + socket.getPort();
    }

    /** Turns an IPv4-mapped IPv6 address (::ffff:a.b.c.d), as sockets for both have it, into the IPv4 address. */
    static InetSocketAddress unmapped(InetSocketAddress socket) {
        if (!(socket.getAddress() instanceof Inet6Address v6)) {
            return socket;
        }
        try {
            // getByAddress does it, but not when a scope is given with the address.
            InetAddress plain = InetAddress.getByAddress(v6.getAddress());
            return plain instanceof Inet6Address ? socket : new InetSocketAddress(plain, socket.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has 16 bytes", e);
        }
    }

    private static String interfaceName(int index) {
        try {
            NetworkInterface networkInterface = NetworkInterface.getByIndex(index);
            return networkInterface == null ? Integer.toString(index) : networkInterface.getName();
        } catch (SocketException _) {
            return Integer.toString(index);
        }
    }
}
