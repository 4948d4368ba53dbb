package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.it.PromSelector.LabelMatcher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromSelectorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            up                                                               | up
                                            sum by (job, le) (rate(a_bucket{x="y"}[5m])) > 0.5               | a_bucket
                                            sum(rate(a_total[$__rate_interval])) / sum by(x) (b_total)       | a_total b_total
                                            histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m]))) > 1e3  | a_bucket
                                            a and on (x) b unless c or vector(0)                             | a b c
                                            a * on (x) group_left (y) b == bool 1                            | a b
                                            count(max by (server) (a{s!="alive"}) == 1)                      | a
                                            changes(a:b{job="x"}[15m] offset 5m) > 2                         | a:b
                                            absent(up{job="by (x) sum"})                                     | up
                                            """)
    void findsNames(String expression, String names) {
        assertThat(PromSelector.in(expression).stream().map(PromSelector::name).toList())
                .containsExactly(names.split(" "));
    }

    @Test
    void findsWhatLabelsMustBe() {
        assertThat(PromSelector.in("a{job=\"$job\", state=~\"x|y\" ,z!=\"\"} / b")).containsExactly(
                new PromSelector("a", List.of(new LabelMatcher("job", "=", "$job"),
                        new LabelMatcher("state", "=~", "x|y"), new LabelMatcher("z", "!=", ""))),
                new PromSelector("b", List.of()));
    }

    @Test
    void looksForSeries() {
        List<Scrape.Sample> samples = Scrape.parse("""
                                                   # TYPE a counter
                                                   a{state="x",name="q\\"uo,te}"} 1.0
                                                   b_total 5 # {trace_id="z"} 1
                                                   c NaN
                                                   """);

        assertThat(samples).extracting(Scrape.Sample::name).containsExactly("a", "b_total", "c");
        assertThat(samples.getFirst().labels()).containsEntry("name", "q\"uo,te}");
        assertThat(PromSelector.in("a{state=~\"x|y\",job=\"j\"}").getFirst().asScraped().isIn(samples)).isTrue();
        assertThat(PromSelector.in("a{state=~\"x|y\",job=\"j\"}").getFirst().isIn(samples)).isFalse();
        assertThat(PromSelector.in("a{state=\"y\"}").getFirst().isIn(samples)).isFalse();
        assertThat(PromSelector.in("a{state!=\"x\"}").getFirst().isIn(samples)).isFalse();
        assertThat(PromSelector.in("b").getFirst().isIn(samples)).isFalse();
        assertThat(PromSelector.in("c{x!~\"y.*\"}").getFirst().isIn(samples)).isTrue();
    }
}
