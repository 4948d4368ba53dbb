package dev.myproxy.session;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connection ids for greetings: unique among live sessions, from 2^31 up, where servers that count from 1 hardly ever get, so
 * that an id of ours can't be mistaken for one of a server. Thread-safe.
 *
 * <p>They count up from anywhere: a KILL that comes to another daemon than its session, or to this one after a restart, should
 * find nobody there.
 */
final class ConnectionIds {

    /** The smallest id. */
    static final long FIRST = 1L << 31;

    private final AtomicInteger next;

    ConnectionIds() {
        this(ThreadLocalRandom.current().nextInt());
    }

    /** @param first the last 31 bits of the first id */
    ConnectionIds(int first) {
        next = new AtomicInteger(first);
    }

    /** The next id, as an unsigned 32-bit number. They repeat after 2^31 sessions. */
    long next() {
        return FIRST + (next.getAndIncrement() & Integer.MAX_VALUE);
    }
}
