package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.script.Upstream;

/**
 * Which server a session is at, or on the way to, and how it came to it.
 *
 * @param upstream that the script chose
 * @param readOnly whether the script prefers a read-only server
 * @param server   one of the upstream's
 * @param approach how the session came to the server, or tries to
 */
record Route(Upstream upstream, boolean readOnly, Address server, Approach approach) {

    /** The same when the session has logged in: what the way took can go. */
    Route arrived() {
        return new Route(upstream, readOnly, server, Approach.ARRIVED);
    }

    boolean isLeftBy(SessionBus.Leave leave) {
        return leave.readOnly() == readOnly && leave.upstream().equals(upstream) && leave.servers().contains(server);
    }
}
