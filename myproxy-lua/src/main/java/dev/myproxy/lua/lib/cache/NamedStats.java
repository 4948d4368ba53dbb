package dev.myproxy.lua.lib.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** How all caches of one name do, together with those that are gone. Safe to use from every thread. */
final class NamedStats {

    private final Set<CacheStats> live = ConcurrentHashMap.newKeySet();
    private long goneHits;
    private long goneMisses;
    private long goneFetches;
    private long goneEvictions;

    synchronized void add(CacheStats stats) {
        live.add(stats);
    }

    /** A cache is gone; says whether it was the last one. */
    synchronized boolean remove(CacheStats stats) {
        if (live.remove(stats)) {
            goneHits += stats.hits();
            goneMisses += stats.misses();
            goneFetches += stats.fetches();
            goneEvictions += stats.evictions();
        }
        return live.isEmpty();
    }

    synchronized long hits() {
        return goneHits + sum(CacheStats::hits);
    }

    synchronized long misses() {
        return goneMisses + sum(CacheStats::misses);
    }

    synchronized long fetches() {
        return goneFetches + sum(CacheStats::fetches);
    }

    synchronized long evictions() {
        return goneEvictions + sum(CacheStats::evictions);
    }

    synchronized long entries() {
        return sum(CacheStats::entries);
    }

    private long sum(ToLongFunction<CacheStats> figure) {
        return live.stream().mapToLong(figure).sum();
    }
}
