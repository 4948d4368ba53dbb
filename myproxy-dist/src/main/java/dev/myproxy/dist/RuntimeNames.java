package dev.myproxy.dist;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/** Mends the names and texts of Micrometer's meters for the process where Prometheus' conventions want others. */
final class RuntimeNames implements MeterFilter {

    private static final String BYTES = "bytes";

    /** Processor time comes from {@link dev.myproxy.metrics.ProcessUsage}, in seconds. */
    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().equals("process.cpu.time") ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return switch (id.getName()) {
            case "system.cpu.count" -> id.withName("system.cpus");
            case "netty.allocator.memory.used" ->
                described(id.withBaseUnit(BYTES), "Memory that the allocator for network buffers has taken");
            case "netty.allocator.memory.pinned" ->
                described(id.withBaseUnit(BYTES), "Memory of network buffers that are in use");
            case "netty.allocator.pooled.chunk.size" ->
                described(id.withBaseUnit(BYTES), "Size of the pieces that the allocator for network buffers takes");
            case "netty.eventexecutor.tasks.pending" -> described(id, "Tasks that wait for an event loop");
            default -> id.getName().startsWith("netty.") && id.getDescription() == null
                    ? described(id, "A figure of the allocator for network buffers")
                    : id;
        };
    }

    /** Without the number that tells allocators apart: there is one, and the number is another one in each run. */
    private static Tags tags(Meter.Id id) {
        return Tags.of(id.getTags().stream().filter(tag -> !tag.getKey().equals("id")).toList());
    }

    private static Meter.Id described(Meter.Id id, String text) {
        return new Meter.Id(id.getName(), tags(id), id.getBaseUnit(), text, id.getType());
    }
}
