package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaReply;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.function.DoubleConsumer;

/** What {@code metrics.histogram} gives. */
final class HistogramObject extends Metric {

    static final LuaClass<HistogramObject> CLASS = new LuaClass<>("myproxy.histogram", HistogramObject.class)
            .method("observe", HistogramObject::observe);

    private final Series<DoubleConsumer> series;

    HistogramObject(MetricDefinition definition, Series<DoubleConsumer> series) {
        super(definition);
        this.series = series;
    }

    static Series<DoubleConsumer> series(MetricDefinition definition, MeterRegistry meters) {
        return meters instanceof PrometheusMeterRegistry prometheus
                ? exact(definition, prometheus)
                : rounded(definition, meters);
    }

    /** Micrometer's own histograms would round what they are given up to whole numbers before they look for the bucket. */
    private static Series<DoubleConsumer> exact(MetricDefinition definition, PrometheusMeterRegistry meters) {
        Histogram histogram = Histogram.builder().name(definition.name()).help(definition.help())
                .labelNames(definition.labels().toArray(String[]::new)).withoutExemplars().classicOnly()
                .classicUpperBounds(bounds(definition)).register(meters.getPrometheusRegistry());
        return new Series<>(definition, tags -> {
            String[] values = definition.labels().stream().map(label -> value(tags, label)).toArray(String[]::new);
            return histogram.labelValues(values)::observe;
        }, _ -> meters.getPrometheusRegistry().unregister(histogram));
    }

    private static String value(Tags tags, String label) {
        return tags.stream().filter(tag -> tag.getKey().equals(label)).findFirst().orElseThrow().getValue();
    }

    private static Series<DoubleConsumer> rounded(MetricDefinition definition, MeterRegistry meters) {
        return new Series<>(definition, tags -> DistributionSummary.builder(definition.name())
                .description(definition.help()).tags(tags).serviceLevelObjectives(bounds(definition))
                .register(meters)::record, _ -> meters.find(definition.name()).meters().forEach(meters::remove));
    }

    private static double[] bounds(MetricDefinition definition) {
        return definition.buckets().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static LuaReply observe(HistogramObject self, LuaArgs args) {
        args.expectCount(0, 2, "Too many parameters");
        double value = args.number(1);
        if (!(value >= 0 && Double.isFinite(value))) {
            throw args.bad(1, "a histogram takes numbers from 0 on");
        }
        self.series.of(args, 2).accept(value);
        return LuaReply.NOTHING;
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
