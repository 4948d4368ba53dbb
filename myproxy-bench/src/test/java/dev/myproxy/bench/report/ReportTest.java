package dev.myproxy.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.bench.load.Percentiles;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of figures: ratios, the table, JSON and back. */
class ReportTest {

    private static final Case SELECT = new Case("select-8", "point select, 8 connections", "queries/s", "µs/query");
    private static final Case START = new Case("start", "start to first login", "ms", "");
    private static final Machine MACHINE = new Machine("Abacus", 2, "Linux 6", "25", LocalDate.of(2026, 1, 2));

    private final Figures figures = new Figures();

    ReportTest() {
        reading("direct", 40_000, Optional.empty());
        reading("myproxy", 30_000, Optional.of(12.0));
        reading("myproxy", 10_000, Optional.of(8.0));
        reading("myproxy", 20_000, Optional.of(10.0));
        reading("haproxy", 25_000, Optional.of(12.5));
        figures.add(START, "myproxy", Reading.of(512.3, "native"));
    }

    private void reading(String target, double value, Optional<Double> processor) {
        figures.add(SELECT, target,
                new Reading(value, Optional.of(new Percentiles(100, 200, 1234)), processor, "sysbench"));
    }

    @Test
    void ratiosAreThoseOfMedians() {
        assertThat(figures.ratio(SELECT, "myproxy", "direct")).contains(0.5);
        assertThat(figures.ratio(SELECT, "myproxy", "haproxy")).contains(0.8);
        assertThat(figures.processorRatio(SELECT, "myproxy", "haproxy")).contains(0.8);
    }

    @Test
    void whatWasNotMeasuredHasNoRatio() {
        assertThat(figures.ratio(START, "myproxy", "direct")).isEmpty();
        assertThat(figures.processorRatio(SELECT, "direct", "haproxy")).isEmpty();
    }

    @Test
    void theTableHasALineForEachTargetAndCase() {
        assertThat(new ReportTable(figures, "direct", "haproxy").lines()).hasSize(5)
                .anySatisfy(line -> assertThat(line.split("\\s{2,}")).containsExactly("", "myproxy", "sysbench",
                        "20,000", "queries/s", "100.0", "0.100", "0.200", "1.234", "10.0", "40.0", "0.50", "0.80",
                        "0.80"))
                .anySatisfy(line -> assertThat(line).startsWith("point select, 8 connections  direct"))
                .last().asString().contains("512", "ms");
    }

    @Test
    void markdownHasAsManyCellsInEachLine() {
        assertThat(new ReportTable(figures, "direct", "haproxy").markdown()).hasSize(6)
                .allSatisfy(line -> assertThat(line.chars().filter(c -> c == '|').count()).isEqualTo(15));
    }

    @Test
    void jsonIsReadBackAsItWas() {
        figures.failed("a thing");
        String json = JsonReport.of(figures, MACHINE, new JsonObject().put("seconds", 1), "direct", "haproxy");

        assertThat(new JsonObject(json).getJsonArray("failures")).containsExactly("a thing");
        Figures read = JsonReport.read(json, _ -> true);
        assertThat(read.cases()).containsExactly(SELECT, START);
        assertThat(read.readings(SELECT, "myproxy")).isEqualTo(figures.readings(SELECT, "myproxy"));
        assertThat(read.readings(START, "myproxy")).isEqualTo(figures.readings(START, "myproxy"));
    }

    @Test
    void whatIsReadBackCanBeChosenAndAddedTo() {
        String json = JsonReport.of(figures, MACHINE, new JsonObject(), "direct", "haproxy");
        Figures now = new Figures();
        now.add(SELECT, "direct", Reading.of(1, "native"));

        Figures both = JsonReport.read(json, each -> each.id().equals("start")).with(now);

        assertThat(both.cases()).containsExactly(START, SELECT);
        assertThat(both.targets(SELECT)).containsExactly("direct");
    }
}
