package dev.myproxy.lua.lib.cache;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/** What the metrics say of a cache that has a name. */
final class CacheMeters {

    private CacheMeters() {}

    static void register(String name, CacheStats stats, MeterRegistry meters) {
        Tags tags = Tags.of("cache", name);
        Gauge.builder("myproxy.lua.cache.entries", stats, CacheStats::entries).tags(tags)
                .description("Entries of a cache of the script").strongReference(true).register(meters);
        counter("hits", "Look-ups that a cache answered", tags, stats, CacheStats::hits, meters);
        counter("misses", "Look-ups that a cache could not answer", tags, stats, CacheStats::misses, meters);
        counter("fetches", "Calls of functions that fetch what is missing", tags, stats, CacheStats::fetches, meters);
        counter("evictions", "Entries that made room for others", tags, stats, CacheStats::evictions, meters);
    }

    private static void counter(String what, String help, Tags tags, CacheStats stats,
            ToDoubleFunction<CacheStats> value, MeterRegistry meters) {
        FunctionCounter.builder("myproxy.lua.cache." + what, stats, value).tags(tags).description(help)
                .register(meters);
    }
}
