package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.text.Nearest;
import io.micrometer.core.instrument.Tags;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time series of a metric, one for each combination of label values; at most {@value #MAX}, then all further ones
 * share one whose values are {@code other}. Safe to use from every thread.
 *
 * @param <M> one series, safe to use from every thread
 */
final class Series<M> {

    static final int MAX = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Series.class);
    private static final String OTHER = "other";
    private static final int MAX_VALUE_BYTES = 200;

    private final MetricDefinition definition;
    private final Function<Tags, M> make;
    private final Consumer<M> remove;
    private final Map<List<String>, M> series = new HashMap<>();
    private boolean warned;

    /** @param remove lets a series be shown no more */
    Series(MetricDefinition definition, Function<Tags, M> make, Consumer<M> remove) {
        this.definition = definition;
        this.make = make;
        this.remove = remove;
        if (definition.labels().isEmpty()) {
            at(List.of());
        }
    }

    /** The series for an argument: a table with a value for each label; nothing if there are no labels. */
    M of(LuaArgs args, int number) {
        List<String> labels = definition.labels();
        Map<String, String> given = args.get(number) instanceof LuaValue.Nil ? Map.of() : read(args, number);
        return at(labels.stream().map(label -> {
            String value = given.get(label);
            if (value == null) {
                throw args.bad(number, "no value for label " + label);
            }
            return value;
        }).toList());
    }

    private Map<String, String> read(LuaArgs args, int number) {
        Map<String, String> given = new HashMap<>();
        for (LuaTable.Entry entry : args.table(number).entries()) {
            String label = LuaNumbers.asString(entry.key()).map(ByteString::utf8)
                    .orElseGet(() -> entry.key().typeName());
            if (!definition.labels().contains(label)) {
                throw args.bad(number, "Unknown label \"" + label + "\"" + Nearest.hint(label, definition.labels()));
            }
            given.put(label, switch (entry.value()) {
                case LuaValue.Bool(boolean flag) -> Boolean.toString(flag);
                default -> LuaNumbers.asString(entry.value()).map(Series::text)
                        .orElseThrow(() -> args.bad(number, "Bad value of label " + label));
            });
        }
        return given;
    }

    private static String text(ByteString value) {
        return value.length() <= MAX_VALUE_BYTES
                ? value.utf8()
                : ByteString.copyOf(value.toByteArray(), 0, MAX_VALUE_BYTES).utf8();
    }

    /** Nobody needs them any more. */
    synchronized void close() {
        series.values().forEach(remove);
    }

    private synchronized M at(List<String> values) {
        M known = series.get(values);
        if (known != null) {
            return known;
        }
        if (series.size() >= MAX) {
            return other(values.size());
        }
        return add(values);
    }

    private M add(List<String> values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < values.size(); i++) {
            tags = tags.and(definition.labels().get(i), values.get(i));
        }
        M made = make.apply(tags);
        series.put(values, made);
        return made;
    }

    private M other(int labels) {
        if (!warned) {
            warned = true;
            LOG.warn("Metric \"{}\" has {} combinations of label values; further ones are counted as \"{}\"",
                    definition.name(), MAX, OTHER);
        }
        List<String> values = Collections.nCopies(labels, OTHER);
        M known = series.get(values);
        return known == null ? add(values) : known;
    }
}
