package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private static final List<Duration> BOUNDS = List.of(Duration.ofMillis(1), Duration.ofSeconds(2));

    @Test
    void countsUpToEachBoundAndAbove() {
        Durations one = new Durations(BOUNDS);
        Durations other = new Durations(BOUNDS);
        one.record(0);
        one.record(Duration.ofMillis(1).toNanos());
        other.record(Duration.ofMillis(1).toNanos() + 1);
        other.record(Duration.ofSeconds(9).toNanos());

        Durations.Total total = Durations.Total.of(BOUNDS, List.of(one, other));

        assertThat(total.buckets().stream().map(ClassicHistogramBucket::getUpperBound)).containsExactly(0.001, 2.0,
                Double.POSITIVE_INFINITY);
        assertThat(total.buckets().stream().map(ClassicHistogramBucket::getCount)).containsExactly(2L, 1L, 1L);
        assertThat(total.seconds()).isEqualTo(9.002000001);
    }

    @Test
    void nothingIsZeroes() {
        Durations.Total total = Durations.Total.of(BOUNDS, List.of());

        assertThat(total.buckets().stream().map(ClassicHistogramBucket::getCount)).containsExactly(0L, 0L, 0L);
        assertThat(total.seconds()).isZero();
    }
}
