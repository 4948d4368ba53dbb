package dev.myproxy.proxyheader;

import dev.myproxy.address.Address;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Objects;

/** Addresses for tests of headers. */
final class Headers {

    private Headers() {}

    static Address inet(String ip, int port) {
        return new Address.Inet(
                new InetSocketAddress(Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(ip)), port));
    }
}
