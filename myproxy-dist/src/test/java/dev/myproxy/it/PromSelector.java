package dev.myproxy.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric that a PromQL expression reads, with what its labels must be. Found by looking at words alone, which is enough for
 * the expressions that we ship.
 */
record PromSelector(String name, List<LabelMatcher> matchers) {

    /** {@code label operator "value"}. */
    record LabelMatcher(String label, String operator, String value) {

        boolean matches(Map<String, String> labels) {
            String actual = labels.getOrDefault(label, "");
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new IllegalArgumentException(operator);
            };
        }
    }

    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|\\[[^]]*]"
            + "|(?<braces>\\{[^}]*})|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)|[0-9][0-9a-zA-Z.]*|\\s+|(?<other>.)");
    private static final Pattern MATCHER = Pattern
            .compile("\\s*(?<label>\\w+)\\s*(?<operator>=~|!~|!=|=)\\s*\"(?<value>[^\"]*)\"\\s*(?:,|$)");

    /** A list of labels follows them. */
    private static final Set<String> LABELS_FOLLOW = Set.of("by", "without", "on", "ignoring", "group_left",
            "group_right");
    private static final Set<String> OTHER_WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "sum",
            "min", "max", "avg", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values");

    /** All that an expression reads. */
    static List<PromSelector> in(String expression) {
        List<PromSelector> found = new ArrayList<>();
        boolean inLabels = false;
        Matcher tokens = TOKEN.matcher(expression);
        while (tokens.find()) {
            String word = tokens.group("word");
            if (word != null && LABELS_FOLLOW.contains(word)) {
                inLabels = true;
            } else if (")".equals(tokens.group("other"))) {
                inLabels = false;
            } else if (word != null && !inLabels && !OTHER_WORDS.contains(word)
                    && !expression.substring(tokens.end()).stripLeading().startsWith("(")) {
                found.add(new PromSelector(word, List.of()));
            } else if (tokens.group("braces") != null) {
                PromSelector bare = found.removeLast();
                found.add(new PromSelector(bare.name, matchers(tokens.group("braces"))));
            }
        }
        return found;
    }

    private static List<LabelMatcher> matchers(String braces) {
        List<LabelMatcher> matchers = new ArrayList<>();
        Matcher matcher = MATCHER.matcher(braces.substring(1, braces.length() - 1));
        while (matcher.find()) {
            matchers.add(new LabelMatcher(matcher.group("label"), matcher.group("operator"), matcher.group("value")));
        }
        return matchers;
    }

    /** Without the labels that Prometheus itself adds. */
    PromSelector asScraped() {
        return new PromSelector(name,
                matchers.stream().filter(m -> !m.label.equals("job") && !m.label.equals("instance")).toList());
    }

    /** Whether a scrape has such a series. */
    boolean isIn(List<Scrape.Sample> samples) {
        return samples.stream().anyMatch(
                sample -> sample.name().equals(name) && matchers.stream().allMatch(m -> m.matches(sample.labels())));
    }
}
