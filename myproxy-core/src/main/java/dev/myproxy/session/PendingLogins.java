package dev.myproxy.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients of one listener that have not logged in yet: no more than so many. Safe to use from every thread. */
final class PendingLogins {

    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private final Runnable left;
    private final FailureLimit lines = new FailureLimit();

    /**
     * @param most how many there may be
     * @param left told when one has logged in or is gone
     */
    PendingLogins(int most, Runnable left) {
        this.most = most;
        this.left = left;
    }

    /** Lets one more client in, unless there are too many. */
    Optional<Place> enter() {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Place());
    }

    /** Why one was not let in. */
    String reason() {
        return "max_pending_logins is " + most;
    }

    /** The line about a client of this listener that was not let in, for whatever reason; empty if it is left out. */
    synchronized Optional<String> refusal(String reason, long nowNanos) {
        return lines.line("Too many connections: " + reason, nowNanos);
    }

    /** A client that has not logged in yet. For one thread. */
    final class Place {

        private boolean over;

        /** The client has logged in, or is gone. */
        void leave() {
            if (!over) {
                over = true;
                count.decrementAndGet();
                left.run();
            }
        }
    }
}
