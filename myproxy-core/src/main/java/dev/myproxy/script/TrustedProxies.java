package dev.myproxy.script;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.Sender;
import java.util.Optional;

/**
 * The proxies, such as balancers, whose headers of the PROXY protocol are believed.
 *
 * @param senders not empty
 */
public record TrustedProxies(AllowedSenders senders) {

    /** The number of nobody: no rule but that for all processes is about it. */
    private static final PeerCredentials UNKNOWN = new PeerCredentials(0, -1, -1);

    public TrustedProxies {
        if (senders.isEmpty()) {
            throw new IllegalArgumentException("nobody is trusted");
        }
    }

    /**
     * Whether a connection may begin with a header that is believed.
     *
     * @param peer        where it comes from
     * @param credentials of the process behind a Unix socket, where they can be had
     */
    public boolean include(Address peer, Optional<PeerCredentials> credentials) {
        return senders.permits(switch (peer) {
            case Address.Inet(var socket) -> new Sender.Host(socket.getAddress());
            case Address.UnixPath _,Address.Abstract _ -> process(credentials.orElse(UNKNOWN));
        });
    }

    private static Sender process(PeerCredentials peer) {
        return new Sender.LocalProcess(peer.pid(), Integer.toUnsignedLong(peer.uid()),
                Integer.toUnsignedLong(peer.gid()));
    }
}
