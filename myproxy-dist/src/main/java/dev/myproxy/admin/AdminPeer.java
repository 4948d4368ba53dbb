package dev.myproxy.admin;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param address     of the other end
 * @param credentials of the process behind a Unix socket
 */
public record AdminPeer(Address address, Optional<PeerCredentials> credentials) {

    /** The name in the log. */
    @Override
    public String toString() {
        return credentials.map(peer -> "pid=" + peer.pid() + " uid=" + Integer.toUnsignedLong(peer.uid()))
                .orElseGet(address::toString);
    }
}
