package dev.myproxy.lua.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks values up in what a Prometheus server would read: lines {@code name{label="value",…} number}. See
 * <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>.
 */
final class Samples {

    private static final Pattern SAMPLE = Pattern.compile("([^{ ]+)(?:\\{(.*)})? ([^ ]+)");
    private static final Pattern LABEL = Pattern.compile("([^=,]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Samples() {}

    /** The first sample with this name that has at least these labels. */
    static OptionalDouble find(String text, String name, Map<String, String> labels) {
        return text.lines().filter(line -> line.startsWith(name)).map(SAMPLE::matcher).filter(Matcher::matches)
                .filter(sample -> sample.group(1).equals(name)
                        && labels(sample.group(2)).entrySet().containsAll(labels.entrySet()))
                .mapToDouble(sample -> Double.parseDouble(sample.group(3))).findFirst();
    }

    private static Map<String, String> labels(@Nullable String text) {
        Map<String, String> labels = new HashMap<>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1),
                    label.group(2).replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\")));
        }
        return labels;
    }
}
