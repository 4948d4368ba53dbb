package dev.myproxy.bench.load;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What sysbench prints with {@code --histogram=on}. Pure.
 *
 * @param elapsed its own count
 */
record SysbenchOutput(long queries, Duration elapsed, Percentiles latencies) {

    private static final Pattern QUERIES = Pattern.compile("queries:\\s+(\\d+)\\s+\\(([0-9.]+) per sec");
    /** Milliseconds, a bar, a count. */
    private static final Pattern BUCKET = Pattern.compile("(?m)^\\s*([0-9.]+) \\|\\**\\s+(\\d+)$");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_MILLI = 1000;

    static SysbenchOutput read(String text) throws LoadException {
        Matcher queries = QUERIES.matcher(text);
        if (!queries.find()) {
            String errors = text.lines().filter(line -> line.startsWith("FATAL") || line.startsWith("Error")).limit(2)
                    .collect(Collectors.joining("; "));
            throw new LoadException("sysbench failed: " + (errors.isEmpty() ? text : errors));
        }
        long count = Long.parseLong(queries.group(1));
        if (count == 0) {
            throw new LoadException("sysbench got no answer");
        }
        double seconds = count / Double.parseDouble(queries.group(2));
        return new SysbenchOutput(count, Duration.ofNanos((long) (seconds * NANOS_PER_SECOND)),
                new Percentiles(percentile(text, 50), percentile(text, 95), percentile(text, 99)));
    }

    private static double percentile(String text, int percentile) {
        long all = BUCKET.matcher(text).results().mapToLong(bucket -> Long.parseLong(bucket.group(2))).sum();
        long seen = 0;
        Matcher bucket = BUCKET.matcher(text);
        double value = 0;
        while (bucket.find() && seen * 100 < all * percentile) {
            seen += Long.parseLong(bucket.group(2));
            value = Double.parseDouble(bucket.group(1));
        }
        return value * MICROS_PER_MILLI;
    }
}
