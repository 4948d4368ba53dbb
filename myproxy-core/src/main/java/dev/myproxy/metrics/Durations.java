package dev.myproxy.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How long things took, as a histogram with fixed bounds, written by one thread (an event loop) and read by any, without locks.
 */
public final class Durations {

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final double NANOS_PER_SECOND = 1e9;

    /** In nanoseconds, rising. */
    private final long[] bounds;
    /** One for each bound, one for what is above, and last the sum in nanoseconds. */
    private final long[] counts;

    /** @param bounds of the buckets, inclusive, rising */
    public Durations(List<Duration> bounds) {
        this.bounds = bounds.stream().mapToLong(Duration::toNanos).toArray();
        this.counts = new long[this.bounds.length + 2];
    }

    /** Takes a duration into account. Only on the thread that writes. */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        LONGS.setOpaque(counts, bucket, counts[bucket] + 1);
        int sum = counts.length - 1;
        LONGS.setOpaque(counts, sum, counts[sum] + nanos);
    }

    /** What several histograms with the same bounds have come to, together. */
    record Total(ClassicHistogramBuckets buckets, double seconds) {

        static Total of(List<Duration> bounds, Collection<Durations> parts) {
            long[] counts = new long[bounds.size() + 2];
            for (Durations part : parts) {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += (long) LONGS.getOpaque(part.counts, i);
                }
            }
            ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
            for (int i = 0; i < bounds.size(); i++) {
                buckets.bucket(bounds.get(i).toNanos() / NANOS_PER_SECOND, counts[i]);
            }
            buckets.bucket(Double.POSITIVE_INFINITY, counts[bounds.size()]);
            return new Total(buckets.build(), counts[counts.length - 1] / NANOS_PER_SECOND);
        }
    }
}
