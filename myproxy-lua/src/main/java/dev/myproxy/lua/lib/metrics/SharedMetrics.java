package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaError;
import dev.myproxy.script.ScriptHost;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The metrics of all scripts of a daemon. Those of the same name are one, so that it goes on when the configuration is loaded
 * again; it ends with the last script that has it. Safe to use from every thread.
 */
final class SharedMetrics {

    private static final int MAX_METRICS = 1000;

    /** A metric and who has it. */
    private record Entry(MetricDefinition definition, Series<?> series, Set<Object> users) {}

    private final MeterRegistry meters;
    private final Map<String, Entry> byName = new HashMap<>();

    private SharedMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Those of a daemon. */
    static SharedMetrics of(ScriptHost host) {
        return host.shared(SharedMetrics.class, () -> new SharedMetrics(host.meters()));
    }

    /**
     * The series of a metric, which must have been made alike if it is there.
     *
     * @param user to be released
     * @param make makes them; the same one for the same kind
     */
    // what made the series of a kind made them for this type
    @SuppressWarnings("unchecked")
    synchronized <M> Series<M> use(Object user, MetricDefinition definition,
            BiFunction<MetricDefinition, MeterRegistry, Series<M>> make) {
        Entry entry = byName.get(definition.name());
        if (entry == null) {
            entry = add(definition, make);
        } else if (!entry.definition().equals(definition)) {
            throw LuaError.positioned("there is another metric \"" + definition.name() + "\", a "
                    + entry.definition().kind() + " with other properties" + (entry.users().contains(user)
                            ? ""
                            : ", in the configuration that is in force or in a former one; choose another name"));
        }
        entry.users().add(user);
        return (Series<M>) entry.series();
    }

    private <M> Entry add(MetricDefinition definition, BiFunction<MetricDefinition, MeterRegistry, Series<M>> make) {
        Optional<String> taken = series(definition).stream()
                .filter(name -> byName.values().stream().anyMatch(other -> series(other.definition()).contains(name)))
                .findFirst();
        if (taken.isPresent()) {
            throw LuaError.positioned("another metric has the time series \"" + taken.get() + "\"");
        }
        if (byName.size() >= MAX_METRICS) {
            throw LuaError.positioned("more than " + MAX_METRICS + " metrics");
        }
        Entry made = new Entry(definition, make.apply(definition, meters), new HashSet<>());
        byName.put(definition.name(), made);
        return made;
    }

    /** A script is over: metrics that no other one has are shown no more. */
    synchronized void release(Object user) {
        byName.values().removeIf(entry -> {
            boolean unused = entry.users().remove(user) && entry.users().isEmpty();
            if (unused) {
                entry.series().close();
            }
            return unused;
        });
    }

    /** What Prometheus calls the series of a metric. */
    private static List<String> series(MetricDefinition definition) {
        String name = definition.name();
        return switch (definition.kind()) {
            case "counter" -> List.of(name + "_total");
            case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum");
            default -> List.of(name);
        };
    }
}
