package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts that come with the daemon, as far as no daemon is needed. */
class AlertsTest {

    private static final Path MANUAL = Path.of("../docs/alerts.md");

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results().map(MatchResult::group)
                .map(line -> line.replaceFirst("^.*?[:#] *", "")).toList();
    }

    @Test
    void eachIsComplete() throws IOException {
        String text = Files.readString(ShippedExpressions.ALERTS);
        List<String> names = all("^      - alert: .*", text);

        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(10);
        for (String key : List.of("        expr", "        for", "          severity", "          summary",
                "          description", "          runbook")) {
            assertThat(all("^" + key + ": .*", text)).as(key).hasSameSizeAs(names);
        }
        assertThat(all("^          severity: .*", text)).containsOnly("warning", "critical");
        assertThat(ShippedExpressions.alerts()).hasSameSizeAs(names);
    }

    @Test
    void theManualHasEachOfThem() throws IOException {
        String text = Files.readString(ShippedExpressions.ALERTS);
        List<String> names = all("^      - alert: .*", text);

        assertThat(all("docs/alerts.md#\\w+", text))
                .isEqualTo(names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
        assertThat(all("^## Myproxy.*", Files.readString(MANUAL)).stream().map(h -> h.replace("# ", "")).toList())
                .isEqualTo(names);
    }

    @Test
    void prometheusTakesThem() throws Exception {
        PrometheusServer.check("check", "rules", ShippedExpressions.ALERTS.toString());
    }

    @Test
    void theyFireWhenTheyShould() throws Exception {
        PrometheusServer.check("test", "rules", ShippedExpressions.ALERTS.resolveSibling("alerts_test.yml").toString());
    }
}
