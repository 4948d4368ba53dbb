package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

    private static String text(Metric<?> metric) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry().register(() -> MetricSnapshots.of(metric.snapshot()));
        return new Exposition(registry).render("").body().toString();
    }

    @Test
    void isWrittenAsPrometheusReadsIt() throws IOException {
        assertThat(text(new Metric.Counter("things", "How many").value(3, "server", "a")))
                .isEqualTo("""
                           # HELP things_total How many
                           # TYPE things_total counter
                           things_total{server="a"} 3.0
                           """);
        assertThat(text(new Metric.Gauge("level", "How high").value(-1))).isEqualTo("""
                                                                                    # HELP level How high
                                                                                    # TYPE level gauge
                                                                                    level -1.0
                                                                                    """);
        assertThat(text(new Metric.Facts("build", "What", "version", "1.0"))).isEqualTo("""
                                                                                        # HELP build_info What
                                                                                        # TYPE build_info gauge
                                                                                        build_info{version="1.0"} 1
                                                                                        """);
    }

    @Test
    void histogramsAddUp() throws IOException {
        List<Duration> bounds = List.of(Duration.ofMillis(10), Duration.ofSeconds(1));
        Durations durations = new Durations(bounds);
        durations.record(1_000_000);
        durations.record(500_000_000);

        assertThat(text(new Metric.Histogram("wait_seconds", "How long", bounds).value(List.of(durations))))
                .isEqualTo("""
                           # HELP wait_seconds How long
                           # TYPE wait_seconds histogram
                           wait_seconds_bucket{le="0.01"} 1
                           wait_seconds_bucket{le="1.0"} 2
                           wait_seconds_bucket{le="+Inf"} 2
                           wait_seconds_count 2
                           wait_seconds_sum 0.501
                           """);
    }

    @Test
    void labelsAreEscaped() throws IOException {
        assertThat(text(new Metric.Gauge("level", "A \\ and\nmore").value(1, "server", "/run/\"x\"\\\ny")))
                .contains("# HELP level A \\\\ and\\nmore\n").contains("{server=\"/run/\\\"x\\\"\\\\\\ny\"} 1.0\n");
    }
}
