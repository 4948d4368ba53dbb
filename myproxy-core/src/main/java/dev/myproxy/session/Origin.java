package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.proxyheader.ProxyHeader;
import dev.myproxy.script.ScriptClient;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Where the client of a session comes from: what a balancer has told us, and what servers are told. Lives on the session's event
 * loop.
 */
final class Origin {

    private final ScriptClient client;
    private final Channel channel;
    private Optional<ProxyHeader> told = Optional.empty();

    Origin(ScriptClient client, Channel channel) {
        this.client = client;
        this.channel = channel;
    }

    /** The connection began with a header. */
    void isTold(ProxyHeader header) {
        ProxyHeader meant = isAboutItself(header) ? new ProxyHeader.Local() : header;
        told = Optional.of(meant);
        switch (meant) {
            case ProxyHeader.Local() -> {
                // the balancer itself is the client
            }
            case ProxyHeader.Unknown() -> client.comesThroughProxy(client.address());
            case ProxyHeader.Forwarded(var source, var destination) -> client.comesThroughProxy(source, destination);
        }
    }

    /** HAProxy's checks with version 1, which has no word for LOCAL, name their own end of the connection. */
    private boolean isAboutItself(ProxyHeader header) {
        return header instanceof ProxyHeader.Forwarded(Address.Inet source, _) && source.equals(client.address());
    }

    /** Whether a balancer speaks for itself: it wants to know whether we are here. */
    boolean isBalancer() {
        return told.filter(ProxyHeader.Local.class::isInstance).isPresent();
    }

    /**
     * The header for servers: the addresses of TCP clients. Of others it says that the connection is ours, so that the server goes by
     * our address: MariaDB refuses a header without a client, and takes clients with Unix sockets for clients of its own
     * machine, with the accounts for {@code localhost}.
     */
    ProxyHeader header() {
        return told.filter(header -> !(header instanceof ProxyHeader.Local)).orElseGet(
                this::ofConnection) instanceof ProxyHeader.Forwarded(Address.Inet source, Address.Inet destination)
                        ? new ProxyHeader.Forwarded(source, destination)
                        : new ProxyHeader.Local();
    }

    private ProxyHeader ofConnection() {
        SocketAddress local = channel.localAddress();
        return local == null
                ? new ProxyHeader.Unknown()
                : new ProxyHeader.Forwarded(client.address(), Address.of(local));
    }
}
