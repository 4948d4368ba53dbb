package dev.myproxy.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients of one listener that have not logged in yet: no more than so many. Safe to use from every thread. */
final class PendingLogins {

    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private final Runnable whenLeft;

    /**
     * @param most     how many there may be
     * @param whenLeft told when one has logged in or is gone
     */
    PendingLogins(int most, Runnable whenLeft) {
        this.most = most;
        this.whenLeft = whenLeft;
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

    /**
     * The place of a client that has not logged in yet. Work that was begun for it keeps the place even if the client is gone, so that
     * there is no more work than there are places. For one thread.
     */
    final class Place {

        private int works;
        private boolean left;
        private boolean over;

        /** Work for the client begins. */
        void occupy() {
            works++;
        }

        /** Work for the client has ended. */
        void release() {
            works--;
            settle();
        }

        /** The client has logged in, or is gone. */
        void leave() {
            left = true;
            settle();
        }

        private void settle() {
            if (left && works == 0 && !over) {
                over = true;
                count.decrementAndGet();
                whenLeft.run();
            }
        }
    }
}
