package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBody;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The global {@code metrics}: what a script counts and measures. */
public final class MetricsLibrary implements LuaLibrary {

    private static final int MAX_METRICS = 1000;

    private final MeterRegistry meters;
    private final Map<String, Metric> byName = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    public MetricsLibrary(LibrarySetup setup) {
        meters = setup.host().meters();
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("metrics").function("counter", maker("counter", CounterObject::new))
                .function("gauge", maker("gauge", GaugeObject::new))
                .function("histogram", maker("histogram", HistogramObject::new)).open(lua);
    }

    private LuaBody maker(String kind, BiFunction<MetricDefinition, MeterRegistry, Metric> make) {
        return args -> LuaReply.of(metric(kind, args, make));
    }

    /** The metric of this name; it must have been made alike. */
    private Metric metric(String kind, LuaArgs args, BiFunction<MetricDefinition, MeterRegistry, Metric> make) {
        MetricDefinition definition = MetricDefinition.read(kind, args);
        Metric existing = byName.get(definition.name());
        if (existing != null) {
            if (!existing.definition().equals(definition)) {
                throw LuaError.positioned("there is another metric \"" + definition.name() + "\", a "
                        + existing.definition().kind() + " with other properties");
            }
            return existing;
        }
        series(definition).stream().filter(taken::contains).findFirst().ifPresent(name -> {
            throw LuaError.positioned("another metric has the time series \"" + name + "\"");
        });
        if (byName.size() >= MAX_METRICS) {
            throw LuaError.positioned("more than " + MAX_METRICS + " metrics");
        }
        Metric made = make.apply(definition, meters);
        byName.put(definition.name(), made);
        taken.addAll(series(definition));
        return made;
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
