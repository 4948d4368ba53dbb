package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class RuntimeNamesTest {

    private final PrometheusMeterRegistry registry = DaemonMeters.newRegistry();

    private void gauge(String name, String... tags) {
        Gauge.builder(name, () -> 2).tags(tags).register(registry);
    }

    @Test
    void namesFollowPrometheus() {
        gauge("system.cpu.count");
        gauge("process.cpu.time");
        gauge("netty.allocator.memory.used", "id", "12345", "memory.type", "direct");
        gauge("netty.eventexecutor.tasks.pending", "name", "loop-1");
        gauge("netty.something");

        assertThat(registry.scrape().lines()).contains("system_cpus 2.0",
                "# HELP netty_allocator_memory_used_bytes Memory that the allocator for network buffers has taken",
                "netty_allocator_memory_used_bytes{memory_type=\"direct\"} 2.0",
                "# HELP netty_eventexecutor_tasks_pending Tasks that wait for an event loop",
                "netty_eventexecutor_tasks_pending{name=\"loop-1\"} 2.0",
                "# HELP netty_something A figure of the allocator for network buffers")
                .noneMatch(line -> line.contains("process_cpu_time"));
    }

    @Test
    void everythingElseStaysAsItIs() {
        Gauge.builder("level", () -> 1).description("How high").tag("id", "x").register(registry);

        assertThat(registry.scrape().lines()).containsExactly("# HELP level How high", "# TYPE level gauge",
                "level{id=\"x\"} 1.0");
    }
}
