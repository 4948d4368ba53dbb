package dev.myproxy.bench.report;

import dev.myproxy.bench.load.Percentiles;
import java.util.Optional;

/**
 * What one repetition gave.
 *
 * @param value     in the unit of the case
 * @param processor processor time of the proxy for one of what the case counts; absent without a proxy
 * @param generator what made the load
 */
public record Reading(double value, Optional<Percentiles> latencies, Optional<Double> processor, String generator) {

    /** A value alone. */
    public static Reading of(double value, String generator) {
        return new Reading(value, Optional.empty(), Optional.empty(), generator);
    }
}
