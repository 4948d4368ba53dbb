package dev.myproxy.script;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;

/** Where a client can be connected to: one server or a cluster of them. Safe to use from every thread. */
public interface Upstream {

    /**
     * The servers for an account.
     *
     * @param account  the client's account, empty if it has none
     * @param readOnly whether a read-only server is preferred
     * @return the servers, for one login; may take until enough is known about them, and fails with a text for the client if
     *         that takes too long
     */
    Future<Candidates> candidates(ByteString account, boolean readOnly);

    /** How connections to its servers begin, unless the script says otherwise when it chooses it. */
    default ServerLink link() {
        return ServerLink.PLAIN;
    }

    /** One server, always the same. */
    static Upstream of(Address address) {
        return (account, readOnly) -> Future.succeededFuture(Candidates.of(address));
    }
}
