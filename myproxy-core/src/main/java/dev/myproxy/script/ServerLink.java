package dev.myproxy.script;

import dev.myproxy.proxyheader.HeaderVersion;
import dev.myproxy.proxyheader.Introduction;
import dev.myproxy.proxyheader.ProxyHeader;
import dev.myproxy.tls.ServerTls;
import java.util.Optional;

/**
 * How connections to a server begin, whatever they are for.
 *
 * @param proxyProtocol the version of the PROXY protocol in which the server is told who the client is; empty if it is not told
 * @param tls           what the connection is encrypted with; empty if it is not
 */
public record ServerLink(Optional<HeaderVersion> proxyProtocol, Optional<ServerTls> tls) {

    /** As servers expect it that are told nothing. */
    public static final ServerLink PLAIN = new ServerLink(Optional.empty());

    /** One that is not encrypted. */
    public ServerLink(Optional<HeaderVersion> proxyProtocol) {
        this(proxyProtocol, Optional.empty());
    }

    /** What the server is told about the client of a connection. */
    public Optional<Introduction> forClient(ProxyHeader client) {
        return proxyProtocol.map(version -> new Introduction(version, client));
    }

    /** What the server is told about a connection that is for no client, such as a health check's. */
    public Optional<Introduction> forOurselves() {
        return forClient(new ProxyHeader.Local());
    }

    /** This one, and what another one says where this one says nothing. */
    public ServerLink or(ServerLink general) {
        return new ServerLink(proxyProtocol.or(general::proxyProtocol), tls.or(general::tls));
    }
}
