package dev.myproxy.bench.load;

import java.time.Duration;

/**
 * Bytes that went in one direction.
 *
 * @param bytes     on the wire, with the headers of packets
 * @param processor processor time that was watched meanwhile
 */
public record Transfer(long bytes, Duration elapsed, Duration processor) {

    private static final double MEGA = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    public double megabytesPerSecond() {
        return bytes / MEGA * NANOS_PER_SECOND / elapsed.toNanos();
    }

    /** Microseconds of the processor time that was watched. */
    public double processorMicrosPerMegabyte() {
        return processor.toNanos() / NANOS_PER_MICRO / (bytes / MEGA);
    }
}
