package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;

/** What {@code metrics.gauge} gives. */
final class GaugeObject extends Metric {

    static final LuaClass<GaugeObject> CLASS = new LuaClass<>("myproxy.gauge", GaugeObject.class)
            .method("set", GaugeObject::set).method("inc", (self, args) -> self.change(args, 1))
            .method("dec", (self, args) -> self.change(args, -1));

    /** A value and where it is shown. */
    record Level(AtomicReference<Double> value, Gauge gauge) {}

    private final Series<Level> series;

    GaugeObject(MetricDefinition definition, Series<Level> series) {
        super(definition);
        this.series = series;
    }

    static Series<Level> series(MetricDefinition definition, MeterRegistry meters) {
        return new Series<>(definition, tags -> {
            AtomicReference<Double> value = new AtomicReference<>(0.0);
            return new Level(value, Gauge.builder(definition.name(), value, AtomicReference::get)
                    .description(definition.help()).tags(tags).strongReference(true).register(meters));
        }, level -> meters.remove(level.gauge()));
    }

    private static LuaReply set(GaugeObject self, LuaArgs args) {
        args.expectCount(0, 2, "Too many parameters");
        double value = args.number(1);
        self.series.of(args, 2).value().set(value);
        return LuaReply.NOTHING;
    }

    private LuaReply change(LuaArgs args, int sign) {
        args.expectCount(0, 2, "Too many parameters");
        double by = args.get(1) instanceof LuaValue.Nil ? 1 : args.number(1);
        series.of(args, 2).value().updateAndGet(level -> level + sign * by);
        return LuaReply.NOTHING;
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
