package dev.myproxy.dist;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;

/** What Vert.x measures of itself: its pools of threads alone. Everything else would cost something per packet or message. */
final class VertxMeters {

    private VertxMeters() {}

    static VertxBuilder measure(VertxBuilder builder, VertxOptions options, MeterRegistry registry) {
        MicrometerMetricsOptions metrics = new MicrometerMetricsOptions().setEnabled(true);
        EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS)).forEach(metrics::addDisabledMetricsCategory);
        return builder.with(options.setMetricsOptions(metrics)).withMetrics(new MicrometerMetricsFactory(registry));
    }
}
