package dev.myproxy.session;

import java.time.Duration;

/**
 * The time in which a server must have greeted, and how it is shared out among those that may be tried: each gets an even
 * share of what is left, so that one that swallows everything does not leave nothing for the others. What a server does not
 * need goes to those after it. A share is a second at least, if that is left: of very many servers the last ones may not get
 * their turn.
 *
 * @param deadlineNanos by {@link System#nanoTime}
 */
record ConnectTime(long deadlineNanos) {

    private static final long LEAST_NANOS = Duration.ofSeconds(1).toNanos();

    static ConnectTime from(long nowNanos, Duration limit) {
        return new ConnectTime(nowNanos + limit.toNanos());
    }

    /**
     * How long the next server may take.
     *
     * @param others how many more there are besides
     * @return zero if the time is over
     */
    Duration share(long nowNanos, int others) {
        long left = Math.max(deadlineNanos - nowNanos, 0);
        return Duration.ofNanos(Math.max(left / (others + 1), Math.min(left, LEAST_NANOS)));
    }
}
