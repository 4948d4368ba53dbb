package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.HostEndpoint;
import dev.myproxy.pg.conninfo.HostSettings;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import io.vertx.pgclient.PgConnectOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Options for a host whose address is given besides its name: that is connected to, and the name must be certified. */
final class NamedHost extends PgConnectOptions {

    private final HostSettings host;

    NamedHost(HostSettings host) {
        this.host = host;
    }

    @Override
    public SocketAddress getSocketAddress() {
        if (host.endpoint() instanceof HostEndpoint.Tcp(String address, int port) && !address.equals(host.name())) {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
            if (bytes != null) {
                try {
                    return SocketAddress.inetSocketAddress(
                            new InetSocketAddress(InetAddress.getByAddress(host.name(), bytes), port));
                } catch (UnknownHostException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return super.getSocketAddress();
    }
}
