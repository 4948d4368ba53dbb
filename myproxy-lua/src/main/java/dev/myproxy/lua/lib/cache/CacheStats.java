package dev.myproxy.lua.lib.cache;

import java.util.concurrent.atomic.AtomicLong;

/** How a cache does. Written in the script's turn, read on any thread. */
final class CacheStats {

    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong fetches = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private volatile int entries;

    void hit() {
        hits.incrementAndGet();
    }

    void missed() {
        misses.incrementAndGet();
    }

    /** A function was called to fetch a value. */
    void fetched() {
        fetches.incrementAndGet();
    }

    void evicted() {
        evictions.incrementAndGet();
    }

    void setEntries(int count) {
        entries = count;
    }

    long hits() {
        return hits.get();
    }

    long misses() {
        return misses.get();
    }

    long fetches() {
        return fetches.get();
    }

    long evictions() {
        return evictions.get();
    }

    int entries() {
        return entries;
    }
}
