package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ClientLimits;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether clients are let in, whatever their listener: the limits that the script sets. Everybody is counted all the time, so that
 * limits may be set and changed while there are clients: those that are in stay. Safe to use from every thread.
 */
final class Admission {

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final AccountSeats accounts = new AccountSeats();
    private volatile ClientLimits limits = ClientLimits.NONE;

    /** Sets the limits for those who come from now on. */
    void limit(ClientLimits next) {
        limits = next;
    }

    /**
     * Counts a client that has connected.
     *
     * @return why it is not let in; nothing is counted then
     */
    Optional<String> enter() {
        ClientLimits now = limits;
        if (!enter(connections, now.connections())) {
            refused.increment();
            return Optional.of("limits{connections = " + now.connections().getAsInt() + "}");
        }
        if (!enter(logins, now.logins())) {
            connections.decrementAndGet();
            refused.increment();
            return Optional.of("limits{logins = " + now.logins().getAsInt() + "}");
        }
        return Optional.empty();
    }

    private static boolean enter(AtomicInteger count, OptionalInt most) {
        boolean in = count.incrementAndGet() <= most.orElse(Integer.MAX_VALUE);
        if (!in) {
            count.decrementAndGet();
        }
        return in;
    }

    /** A client that was let in has logged in, or is gone before that. */
    void loggedIn() {
        logins.decrementAndGet();
    }

    /** A client that was let in is turned away all the same, before it has a session. */
    void takeBack() {
        loggedIn();
        connections.decrementAndGet();
    }

    /**
     * Counts a session for its account.
     *
     * @return how many it has already, if that is too many; then it is not counted
     */
    OptionalInt enter(long session, ByteString account) {
        int most = limits.perAccount().orElse(Integer.MAX_VALUE);
        if (accounts.take(session, account, most)) {
            return OptionalInt.empty();
        }
        refused.increment();
        return OptionalInt.of(most);
    }

    /** A client that was let in is gone. */
    void left(long session) {
        accounts.leave(session);
        connections.decrementAndGet();
    }

    /** How it stands. */
    AdmissionSnapshot snapshot() {
        return new AdmissionSnapshot(limits, connections.get(), logins.get(), accounts.accounts(), refused.sum());
    }
}
