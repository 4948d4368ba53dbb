package dev.myproxy.bench.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The same figure, measured several times.
 *
 * @param values at least one
 */
public record Series(List<Double> values) {

    public Series {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a series has values");
        }
        values = List.copyOf(values);
    }

    public static Series of(double... values) {
        return new Series(DoubleStream.of(values).boxed().toList());
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How far the largest and the smallest are apart, as a part of the median; 0 if that is 0. */
    public double spread() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = median();
        return median == 0 ? 0 : (sorted[sorted.length - 1] - sorted[0]) / Math.abs(median);
    }
}
