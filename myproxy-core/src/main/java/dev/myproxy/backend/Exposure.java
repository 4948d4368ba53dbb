package dev.myproxy.backend;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Safety;

/** Tells how safe the way to a server is. */
public final class Exposure {

    private Exposure() {}

    /** Who can read what is sent to an address. */
    public static Safety of(Address server) {
        return switch (server) {
            case Address.Inet inet when inet.socket().getAddress().isLoopbackAddress() -> Safety.LOOPBACK;
            case Address.Inet _ -> Safety.NETWORK;
            case Address.UnixPath _,Address.Abstract _ -> Safety.UNIX_SOCKET;
        };
    }
}
