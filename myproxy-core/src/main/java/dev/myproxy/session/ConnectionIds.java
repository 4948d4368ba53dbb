package dev.myproxy.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connection ids for greetings: unique among live sessions, from 2^31 up, where servers that count from 1 never get, so
 * that an id of ours can't be mistaken for one of a server. Thread-safe.
 */
final class ConnectionIds {

    private static final long FIRST = 1L << 31;

    private final AtomicInteger next = new AtomicInteger();

    /** The next id, as an unsigned 32-bit number. They repeat after 2^31 sessions. */
    long next() {
        return FIRST + (next.getAndIncrement() & Integer.MAX_VALUE);
    }
}
