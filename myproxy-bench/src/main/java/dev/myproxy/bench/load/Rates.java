package dev.myproxy.bench.load;

import java.time.Duration;

/**
 * Operations within a window of time.
 *
 * @param operations how many were completed
 * @param elapsed    how long the window was
 * @param processor  processor time that was watched meanwhile
 */
public record Rates(long operations, Duration elapsed, Duration processor, Percentiles latencies) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    public double perSecond() {
        return operations * NANOS_PER_SECOND / elapsed.toNanos();
    }

    /** Microseconds of the processor time that was watched. */
    public double processorMicrosEach() {
        return processor.toNanos() / NANOS_PER_MICRO / operations;
    }
}
