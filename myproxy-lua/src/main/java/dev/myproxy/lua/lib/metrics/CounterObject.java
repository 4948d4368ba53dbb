package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What {@code metrics.counter} gives. */
final class CounterObject extends Metric {

    static final LuaClass<CounterObject> CLASS = new LuaClass<>("myproxy.counter", CounterObject.class).method("inc",
            CounterObject::inc);

    private final Series<Counter> series;

    CounterObject(MetricDefinition definition, Series<Counter> series) {
        super(definition);
        this.series = series;
    }

    static Series<Counter> series(MetricDefinition definition, MeterRegistry meters) {
        return new Series<>(definition, tags -> Counter.builder(definition.name()).description(definition.help())
                .tags(tags).register(meters), meters::remove);
    }

    private static LuaReply inc(CounterObject self, LuaArgs args) {
        args.expectCount(0, 2, "Too many parameters");
        double by = args.get(1) instanceof LuaValue.Nil ? 1 : args.number(1);
        if (!(by >= 0 && Double.isFinite(by))) {
            throw args.bad(1, "a counter only goes up");
        }
        self.series.of(args, 2).increment(by);
        return LuaReply.NOTHING;
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
