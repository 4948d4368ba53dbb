package dev.myproxy.lua.lib;

import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Gauges that show the sum of what all runs of the configuration have of something. Safe to use from every thread. */
public final class SharedGauges {

    private final MeterRegistry meters;
    private final Map<String, Set<IntSupplier>> gauges = new ConcurrentHashMap<>();

    private SharedGauges(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Those of a daemon. */
    public static SharedGauges of(ScriptHost host) {
        return host.shared(SharedGauges.class, () -> new SharedGauges(host.meters()));
    }

    /**
     * Adds a part to a gauge.
     *
     * @param name        of the gauge, which is made if it is not there
     * @param description of the gauge
     * @param part        asked on any thread
     * @return takes the part away
     */
    public Runnable add(String name, String description, IntSupplier part) {
        Set<IntSupplier> parts = gauges.computeIfAbsent(name, _ -> register(name, description));
        parts.add(part);
        return () -> parts.remove(part);
    }

    private Set<IntSupplier> register(String name, String description) {
        Set<IntSupplier> parts = ConcurrentHashMap.newKeySet();
        Gauge.builder(name, parts, SharedGauges::sum).strongReference(true).description(description).register(meters);
        return parts;
    }

    private static int sum(Set<IntSupplier> parts) {
        return parts.stream().mapToInt(IntSupplier::getAsInt).sum();
    }
}
