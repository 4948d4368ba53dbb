package dev.myproxy.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients of one listener that have not logged in yet: no more than so many. Safe to use from every thread. */
final class PendingLogins {

    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private final FailureLimit lines = new FailureLimit();

    /** @param most how many there may be */
    PendingLogins(int most) {
        this.most = most;
    }

    /** Lets one more client in, unless there are too many. */
    Optional<Place> enter() {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Place());
    }

    /** The line about a client that was not let in; empty if it is left out. */
    synchronized Optional<String> refusal(long nowNanos) {
        return lines.line("Too many connections: max_pending_logins is " + most, nowNanos);
    }

    /** A client that has not logged in yet. For one thread. */
    final class Place {

        private boolean left;

        /** The client has logged in, or is gone. */
        void leave() {
            if (!left) {
                left = true;
                count.decrementAndGet();
            }
        }
    }
}
