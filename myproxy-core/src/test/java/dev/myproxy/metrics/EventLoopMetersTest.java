package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopMetersTest {

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventLoopMeters meters = new EventLoopMeters(loops);

    @AfterEach
    void stop() {
        var _ = loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    private MetricSnapshot metric(String name) {
        return meters.collect().stream().filter(m -> m.getMetadata().getPrometheusName().equals(name)).findFirst()
                .orElseThrow();
    }

    private List<Double> values(String name) {
        return metric(name).getDataPoints().stream().map(point -> ((CounterDataPointSnapshot) point).getValue())
                .toList();
    }

    @Test
    void tellsHowBusyTheThreadsAre() {
        await().atMost(Duration.ofSeconds(30)).until(() -> values("event_loop_busy_seconds").size() == 2);
        double before = values("event_loop_busy_seconds").getFirst();
        List<Double> idle = values("event_loop_idle_seconds");
        loops.forEach(loop -> loop.execute(() -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long end = threads.getCurrentThreadCpuTime() + Duration.ofMillis(50).toNanos();
            while (threads.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
        }));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(values("event_loop_busy_seconds")).allMatch(busy -> busy > 0)
                        .anyMatch(busy -> busy > before + 0.01));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(values("event_loop_idle_seconds").getFirst()).isGreaterThan(idle.getFirst()));
        assertThat(metric("event_loop_iterations").getDataPoints().getFirst().getLabels().toString())
                .contains("process=\"myproxy\"").contains("loop=\"");
    }

    @Test
    void countsWaitsAndLags() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(values("event_loop_iterations")).hasSize(2).allMatch(count -> count > 0);
            assertThat(metric("event_loop_lag_seconds").getDataPoints()).hasSize(2)
                    .allMatch(lag -> ((HistogramDataPointSnapshot) lag).getClassicBuckets().stream()
                            .anyMatch(bucket -> bucket.getCount() > 0));
        });
    }
}
