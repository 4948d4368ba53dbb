package dev.myproxy.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** What the whole process takes of the machine, as the kernel counts it: native memory included. */
public final class ProcessUsage implements MultiCollector {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KB = 1024;
    private static final double NANOS = 1e9;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Override
    public MetricSnapshots collect() {
        ProcessStatus status = ProcessStatus.read(STATUS);
        Metric.Counter cpu = new Metric.Counter("process_cpu_seconds", "Processor time of the process")
                .value(Math.max(0, system.getProcessCpuTime()) / NANOS);
        Metric.Gauge resident = new Metric.Gauge("process_resident_memory_bytes",
                "Memory of the process that is in RAM, native memory included");
        Metric.Gauge virtual = new Metric.Gauge("process_virtual_memory_bytes", "Address space of the process");
        status.number("VmRSS").ifPresent(kb -> resident.value((double) kb * KB));
        status.number("VmSize").ifPresent(kb -> virtual.value((double) kb * KB));
        return MetricSnapshots.of(cpu.snapshot(), resident.snapshot(), virtual.snapshot());
    }
}
