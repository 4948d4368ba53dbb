package dev.myproxy.dist;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** What the metrics say of the process: memory, threads, descriptors, processor time, age. */
final class RuntimeMeters {

    private RuntimeMeters() {}

    /** Registers them. Takes some time, so only where somebody can read them. */
    static void bindTo(MeterRegistry registry) {
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new FileDescriptorMetrics(), new ProcessorMetrics(),
                new UptimeMetrics()).forEach(meters -> meters.bindTo(registry));
    }
}
