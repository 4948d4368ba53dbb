package dev.myproxy.bench.load;

import org.HdrHistogram.Histogram;

/** How long operations took, in microseconds. */
public record Percentiles(double p50, double p95, double p99) {

    private static final double NANOS = 1000;

    /** Of a histogram of nanoseconds. */
    static Percentiles of(Histogram nanos) {
        return new Percentiles(nanos.getValueAtPercentile(50) / NANOS, nanos.getValueAtPercentile(95) / NANOS,
                nanos.getValueAtPercentile(99) / NANOS);
    }
}
