package dev.myproxy.bench.report;

import dev.myproxy.bench.load.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All readings, by case and target, in the order in which they came. */
public final class Figures {

    private final Map<Case, Map<String, List<Reading>>> readings = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    public void add(Case measured, String target, Reading reading) {
        readings.computeIfAbsent(measured, _ -> new LinkedHashMap<>()).computeIfAbsent(target, _ -> new ArrayList<>())
                .add(reading);
    }

    /** Notes something that could not be measured. */
    public void failed(String what) {
        failures.add(what);
    }

    /** These and others behind them. */
    public Figures with(Figures others) {
        Figures both = new Figures();
        for (Figures each : List.of(this, others)) {
            each.readings.forEach((measured, targets) -> targets
                    .forEach((target, list) -> list.forEach(reading -> both.add(measured, target, reading))));
            each.failures.forEach(both::failed);
        }
        return both;
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    public List<Case> cases() {
        return List.copyOf(readings.keySet());
    }

    public List<String> targets(Case measured) {
        return List.copyOf(readings.getOrDefault(measured, Map.of()).keySet());
    }

    /** The readings of a target, none if it was not measured. */
    public List<Reading> readings(Case measured, String target) {
        return readings.getOrDefault(measured, Map.of()).getOrDefault(target, List.of());
    }

    public Optional<Series> values(Case measured, String target) {
        return series(readings(measured, target).stream().map(Reading::value).toList());
    }

    public Optional<Series> processor(Case measured, String target) {
        return series(readings(measured, target).stream().flatMap(each -> each.processor().stream()).toList());
    }

    /** Microseconds. */
    public Optional<Series> latency(Case measured, String target, ToDoubleFunction<Percentiles> percentile) {
        return series(readings(measured, target).stream().flatMap(each -> each.latencies().stream())
                .map(percentile::applyAsDouble).toList());
    }

    /** The median of one target in terms of that of another; empty if one of them was not measured. */
    public Optional<Double> ratio(Case measured, String target, String other) {
        return quotient(values(measured, target), values(measured, other));
    }

    /** The same for the processor time. */
    public Optional<Double> processorRatio(Case measured, String target, String other) {
        return quotient(processor(measured, target), processor(measured, other));
    }

    private static Optional<Double> quotient(Optional<Series> of, Optional<Series> to) {
        return of.flatMap(one -> to.filter(other -> other.median() != 0)
                .map(other -> one.median() / other.median()));
    }

    private static Optional<Series> series(List<Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(new Series(values));
    }
}
