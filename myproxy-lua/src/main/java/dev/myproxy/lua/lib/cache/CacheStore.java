package dev.myproxy.lua.lib.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The entries of a cache, each with the time at which it ends. When there are too many, the one goes that was not used
 * for the longest time. An entry whose time is over is found to be so when it is asked for; until then it counts.
 */
final class CacheStore {

    /** A time to live without end. */
    static final long FOREVER = Long.MAX_VALUE;

    private record Entry(Held value, long ttlNanos, long sinceNanos) {

        boolean isOver(LongSupplier clock) {
            return ttlNanos != FOREVER && clock.getAsLong() - sinceNanos >= ttlNanos;
        }
    }

    private final Map<CacheKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int size;
    private final LongSupplier clock;
    private final CacheStats stats;

    /**
     * @param size  how many entries at most
     * @param clock nanoseconds since some moment
     */
    CacheStore(int size, LongSupplier clock, CacheStats stats) {
        this.size = size;
        this.clock = clock;
        this.stats = stats;
    }

    /** What is stored; counts as use of the entry. */
    Optional<Held> get(CacheKey key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.isOver(clock)) {
            remove(key);
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    /**
     * Stores a value in the place of what is there.
     *
     * @param value    its holder is the store from now on, also if it is not stored
     * @param ttlNanos 0 stores nothing
     */
    void put(CacheKey key, Held value, long ttlNanos) {
        remove(key);
        if (ttlNanos == 0) {
            value.release();
            return;
        }
        if (entries.size() >= size) {
            remove(entries.keySet().iterator().next());
            stats.evicted();
        }
        entries.put(key, new Entry(value, ttlNanos, ttlNanos == FOREVER ? 0 : clock.getAsLong()));
        stats.setEntries(entries.size());
    }

    /** Whether there was something to remove. */
    boolean remove(CacheKey key) {
        Entry entry = entries.remove(key);
        if (entry == null) {
            return false;
        }
        entry.value().release();
        stats.setEntries(entries.size());
        return true;
    }

    void clear() {
        entries.values().forEach(entry -> entry.value().release());
        entries.clear();
        stats.setEntries(0);
    }
}
