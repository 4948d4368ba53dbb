package dev.myproxy.lua.lib.cache;

import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the metrics say of the caches that have names. Those of the same name in several scripts, as there are when the
 * configuration is loaded again, are counted together. Safe to use from every thread.
 */
final class CacheMeters {

    private record Shown(NamedStats stats, List<Meter> meters) {}

    private final MeterRegistry registry;
    private final Map<String, Shown> names = new HashMap<>();

    private CacheMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Those of a daemon. */
    static CacheMeters of(ScriptHost host) {
        return host.shared(CacheMeters.class, () -> new CacheMeters(host.meters()));
    }

    /** Shows a cache. */
    synchronized void add(String name, CacheStats stats) {
        names.computeIfAbsent(name, this::show).stats().add(stats);
    }

    /** A cache is gone; what it has counted stays as long as there are others with its name. */
    synchronized void remove(String name, CacheStats stats) {
        Shown shown = names.get(name);
        if (shown != null && shown.stats().remove(stats)) {
            names.remove(name);
            shown.meters().forEach(registry::remove);
        }
    }

    private Shown show(String name) {
        NamedStats stats = new NamedStats();
        Tags tags = Tags.of("cache", name);
        return new Shown(stats, List.of(
                Gauge.builder("myproxy.lua.cache.entries", stats, NamedStats::entries).tags(tags)
                        .description("Entries of a cache of the script").strongReference(true).register(registry),
                counter("hits", "Look-ups that a cache answered", tags, stats, NamedStats::hits),
                counter("misses", "Look-ups that a cache could not answer", tags, stats, NamedStats::misses),
                counter("fetches", "Calls of functions that fetch what is missing", tags, stats, NamedStats::fetches),
                counter("evictions", "Entries that made room for others", tags, stats, NamedStats::evictions)));
    }

    private Meter counter(String what, String help, Tags tags, NamedStats stats, ToDoubleFunction<NamedStats> value) {
        return FunctionCounter.builder("myproxy.lua.cache." + what, stats, value).tags(tags).description(help)
                .register(registry);
    }
}
