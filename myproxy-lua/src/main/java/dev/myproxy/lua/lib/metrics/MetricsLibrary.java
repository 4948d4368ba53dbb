package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaBody;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The global {@code metrics}: what a script counts and measures. */
public final class MetricsLibrary implements LuaLibrary {

    private final SharedMetrics all;
    private final Map<String, Metric> byName = new HashMap<>();

    public MetricsLibrary(LibrarySetup setup) {
        all = SharedMetrics.of(setup.host());
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("metrics").function("counter", maker("counter", CounterObject::series, CounterObject::new))
                .function("gauge", maker("gauge", GaugeObject::series, GaugeObject::new))
                .function("histogram", maker("histogram", HistogramObject::series, HistogramObject::new)).open(lua);
    }

    @Override
    public void close() {
        all.release(this);
        byName.clear();
    }

    /** The metric of this name, always the same object. */
    private <M> LuaBody maker(String kind, BiFunction<MetricDefinition, MeterRegistry, Series<M>> series,
            BiFunction<MetricDefinition, Series<M>, Metric> make) {
        return args -> {
            MetricDefinition definition = MetricDefinition.read(kind, args);
            Series<M> found = all.use(this, definition, series);
            return LuaReply.of(byName.computeIfAbsent(definition.name(), _ -> make.apply(definition, found)));
        };
    }
}
