package dev.myproxy.bench.report;

import dev.myproxy.bench.load.Percentiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Figures for programs:
 *
 * <pre>
 * machine   processor, processors, kernel, java, date
 * settings  what was asked for, by name
 * failures  texts
 * cases     id, name, unit, processor_unit, targets
 *   targets   target, median, spread, of_direct, of_haproxy, readings; where they were measured p50_us, p95_us, p99_us,
 *             processor, processor_spread, processor_of_haproxy
 *     readings  generator, value; where they were measured p50_us, p95_us, p99_us, processor
 * </pre>
 */
public final class JsonReport {

    private JsonReport() {}

    /**
     * Writes it.
     *
     * @param direct  name of the target without a proxy
     * @param haproxy name of the target that is HAProxy
     */
    public static String of(Figures figures, Machine machine, JsonObject settings, String direct, String haproxy) {
        JsonArray cases = new JsonArray();
        for (Case each : figures.cases()) {
            JsonArray targets = new JsonArray();
            figures.targets(each).forEach(target -> targets.add(target(figures, each, target, direct, haproxy)));
            cases.add(new JsonObject().put("id", each.id()).put("name", each.name()).put("unit", each.unit())
                    .put("processor_unit", each.processorUnit()).put("targets", targets));
        }
        return new JsonObject().put("machine", new JsonObject(machine.fields())).put("settings", settings)
                .put("failures", new JsonArray(figures.failures())).put("cases", cases).encodePrettily() + "\n";
    }

    private static JsonObject target(Figures figures, Case measured, String target, String direct, String haproxy) {
        JsonObject json = new JsonObject().put("target", target);
        figures.values(measured, target).ifPresent(series -> json.put("median", series.median())
                .put("spread", series.spread()));
        put(json, "of_direct", figures.ratio(measured, target, direct));
        put(json, "of_haproxy", figures.ratio(measured, target, haproxy));
        put(json, "p50_us", figures.latency(measured, target, Percentiles::p50).map(Series::median));
        put(json, "p95_us", figures.latency(measured, target, Percentiles::p95).map(Series::median));
        put(json, "p99_us", figures.latency(measured, target, Percentiles::p99).map(Series::median));
        figures.processor(measured, target).ifPresent(series -> json.put("processor", series.median())
                .put("processor_spread", series.spread()));
        put(json, "processor_of_haproxy", figures.processorRatio(measured, target, haproxy));
        JsonArray readings = new JsonArray();
        figures.readings(measured, target).forEach(reading -> readings.add(reading(reading)));
        return json.put("readings", readings);
    }

    private static JsonObject reading(Reading reading) {
        JsonObject json = new JsonObject().put("generator", reading.generator()).put("value", reading.value());
        reading.latencies().ifPresent(latencies -> json.put("p50_us", latencies.p50())
                .put("p95_us", latencies.p95()).put("p99_us", latencies.p99()));
        put(json, "processor", reading.processor());
        return json;
    }

    /** Takes the readings out of what {@link #of} wrote, of the cases that are wanted. */
    public static Figures read(String text, Predicate<Case> wanted) {
        Figures figures = new Figures();
        for (Object each : new JsonObject(text).getJsonArray("cases")) {
            JsonObject json = (JsonObject) each;
            Case measured = new Case(json.getString("id"), json.getString("name"), json.getString("unit"),
                    json.getString("processor_unit"));
            if (wanted.test(measured)) {
                json.getJsonArray("targets").forEach(target -> read(figures, measured, (JsonObject) target));
            }
        }
        return figures;
    }

    private static void read(Figures figures, Case measured, JsonObject target) {
        for (Object each : target.getJsonArray("readings")) {
            JsonObject json = (JsonObject) each;
            Optional<Percentiles> latencies = json.containsKey("p50_us")
                    ? Optional.of(new Percentiles(json.getDouble("p50_us"), json.getDouble("p95_us"),
                            json.getDouble("p99_us")))
                    : Optional.empty();
            figures.add(measured, target.getString("target"), new Reading(json.getDouble("value"), latencies,
                    Optional.ofNullable(json.getDouble("processor")), json.getString("generator")));
        }
    }

    private static void put(JsonObject json, String name, Optional<Double> value) {
        value.ifPresent(number -> json.put(name, number));
    }
}
