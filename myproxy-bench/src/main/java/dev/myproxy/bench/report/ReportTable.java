package dev.myproxy.bench.report;

import dev.myproxy.bench.load.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures as a table, for terminals or for Markdown. */
public final class ReportTable {

    private static final List<String> HEAD = List.of("what", "target", "load by", "value", "unit", "± %", "p50 ms",
            "p95 ms", "p99 ms", "CPU µs", "± %", "of direct", "of HAProxy", "CPU of HAProxy");
    private static final int TEXTS = 3;
    private static final int UNIT = 4;
    private static final double MICROS_PER_MILLI = 1000;

    private final Figures figures;
    private final String direct;
    private final String haproxy;

    /**
     * @param direct  the target that others are compared with, whether it was measured or not
     * @param haproxy another such one
     */
    public ReportTable(Figures figures, String direct, String haproxy) {
        this.figures = figures;
        this.direct = direct;
        this.haproxy = haproxy;
    }

    /** The rows without the head. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Case each : figures.cases()) {
            figures.targets(each).forEach(target -> rows.add(row(each, target)));
        }
        return rows;
    }

    private List<String> row(Case measured, String target) {
        Optional<Series> values = figures.values(measured, target);
        Optional<Series> processor = figures.processor(measured, target);
        boolean isDirect = target.equals(direct);
        boolean isHaproxy = target.equals(haproxy);
        return List.of(measured.name(), target,
                figures.readings(measured, target).stream().map(Reading::generator).distinct()
                        .collect(Collectors.joining(", ")),
                values.map(series -> number(series.median())).orElse(""), measured.unit(),
                values.map(ReportTable::spread).orElse(""), latency(measured, target, Percentiles::p50),
                latency(measured, target, Percentiles::p95), latency(measured, target, Percentiles::p99),
                processor.map(series -> number(series.median())).orElse(""),
                processor.map(ReportTable::spread).orElse(""),
                ratio(isDirect ? Optional.empty() : figures.ratio(measured, target, direct)),
                ratio(isHaproxy ? Optional.empty() : figures.ratio(measured, target, haproxy)),
                ratio(isHaproxy ? Optional.empty() : figures.processorRatio(measured, target, haproxy)));
    }

    private String latency(Case measured, String target,
            ToDoubleFunction<Percentiles> percentile) {
        return figures.latency(measured, target, percentile)
                .map(series -> String.format(Locale.ROOT, "%.3f", series.median() / MICROS_PER_MILLI)).orElse("");
    }

    private static String spread(Series series) {
        return series.values().size() < 2 ? "" : String.format(Locale.ROOT, "%.1f", series.spread() * 100);
    }

    private static String ratio(Optional<Double> ratio) {
        return ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("");
    }

    /** Three digits or more. */
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** Lines for a terminal; rows that belong to the same case don't repeat its name. */
    public List<String> lines() {
        List<List<String>> all = new ArrayList<>(List.of(HEAD));
        all.addAll(rows());
        int[] widths = IntStream.range(0, HEAD.size())
                .map(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)).toArray();
        List<String> lines = new ArrayList<>();
        String last = "";
        for (List<String> row : all) {
            boolean repeated = row.getFirst().equals(last);
            last = row.getFirst();
            lines.add(IntStream.range(0, widths.length).mapToObj(i -> {
                String cell = i == 0 && repeated ? "" : row.get(i);
                String fill = " ".repeat(widths[i] - cell.length());
                return isText(i) ? cell + fill : fill + cell;
            }).collect(Collectors.joining("  ")).stripTrailing());
        }
        return lines;
    }

    /** A table in Markdown. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(markdown(HEAD));
        lines.add(IntStream.range(0, HEAD.size()).mapToObj(i -> isText(i) ? "---" : "---:")
                .collect(Collectors.joining("|", "|", "|")));
        rows().forEach(row -> lines.add(markdown(row)));
        return lines;
    }

    private static String markdown(List<String> row) {
        return row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static boolean isText(int column) {
        return column < TEXTS || column == UNIT;
    }
}
