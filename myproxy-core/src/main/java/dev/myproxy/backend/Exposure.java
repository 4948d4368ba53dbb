package dev.myproxy.backend;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Safety;
import dev.myproxy.tls.ServerTls;
import java.util.Optional;

/** Tells how safe the way to a server is. */
public final class Exposure {

    private Exposure() {}

    /** Who can read what is sent to an address. TLS is taken for what it is meant to be, also where nothing is verified. */
    public static Safety of(Address server, Optional<ServerTls> tls) {
        return tls.isPresent() ? Safety.TLS : of(server);
    }

    /** Who can read what is sent to an address. */
    public static Safety of(Address server) {
        return switch (server) {
            case Address.Inet inet when inet.socket().getAddress().isLoopbackAddress() -> Safety.LOOPBACK;
            case Address.Inet _ -> Safety.NETWORK;
            case Address.UnixPath _,Address.Abstract _ -> Safety.UNIX_SOCKET;
        };
    }
}
