package dev.myproxy.address;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** The text form of IP addresses: {@code a.b.c.d:port}, {@code [v6%scope]:port}, without brackets if the port is 0. */
final class AddressText {

    private AddressText() {}

    static String of(InetSocketAddress socket) {
        String host = io.netty.util.NetUtil.toAddressString(socket.getAddress());
        boolean v6 = socket.getAddress() instanceof Inet6Address;
        if (socket.getAddress() instanceof Inet6Address six && six.getScopedInterface() != null) {
            host += "%" + six.getScopedInterface().getName();
        }
        if (socket.getPort() == 0) {
            return host;
        }
        return (v6 ? "[" + host + "]" : host) + ":" + socket.getPort();
    }
}
