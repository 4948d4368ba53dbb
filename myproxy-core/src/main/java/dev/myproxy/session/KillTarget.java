package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.session.kill.Owner;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import java.util.Optional;

/** What a session is to one that wants to end it. */
sealed interface KillTarget {

    /** There is none, or it has ended. */
    record Gone() implements KillTarget {}

    /** It is somebody else's. */
    record Foreign() implements KillTarget {}

    /**
     * It is at a server.
     *
     * @param connectionId by which the server knows it
     */
    record At(Address server, long connectionId) implements KillTarget {}

    /** It was at no server, and there is nothing left to do. */
    record Done() implements KillTarget {}

    /**
     * Looks at a session, on its event loop. One that is at no server ends; one whose server will end it knows why then.
     *
     * @param killer whose the other session is
     * @param query  whether only what it runs is to end
     */
    static KillTarget of(Session session, Owner killer, boolean query) {
        if (session.hasEnded()) {
            return new Gone();
        }
        if (!session.server().residence().owner().equals(Optional.of(killer))) {
            return new Foreign();
        }
        if (session.phase() == Phase.COMMAND) {
            if (!query) {
                session.server().residence().kill();
            }
            return new At(session.server().route().orElseThrow().server(), session.server().residence().connectionId());
        }
        if (!query) {
            session.expel(DisconnectCause.KILLED, ClientErrors.KILLED_BY_CLIENT);
        }
        return new Done();
    }
}
