package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard that comes with the daemon, as far as neither Grafana nor a daemon is needed. */
class DashboardTest {

    private JsonTree dashboard = new JsonTree.Scalar("");

    @BeforeEach
    void read() throws IOException {
        dashboard = JsonTree.read(ShippedExpressions.DASHBOARD);
    }

    @Test
    void panelsDoNotOverlap() {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonTree panel : dashboard.each("panels")) {
            JsonTree place = panel.at("gridPos");
            assertThat(place.number("x") + place.number("w")).as(panel.text("title")).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.number("w"); x++) {
                for (int y = 0; y < place.number("h"); y++) {
                    assertThat(taken.add(List.of(place.number("x") + x, place.number("y") + y)))
                            .as(panel.text("title")).isTrue();
                }
            }
        }
        assertThat(dashboard.each("panels")).extracting(panel -> panel.number("id")).doesNotHaveDuplicates();
    }

    @Test
    void eachPanelSaysWhatItShows() {
        assertThat(dashboard.each("panels")).hasSizeGreaterThan(30).allSatisfy(panel -> {
            assertThat(panel.text("title")).isNotBlank();
            if (!panel.text("type").equals("row")) {
                assertThat(panel.text("description")).as(panel.text("title")).endsWith(".");
                assertThat(panel.each("targets")).isNotEmpty().allSatisfy(
                        target -> assertThat(target.text("expr")).contains("job=\"$job\"", "$instance"));
            }
        });
    }

    @Test
    void itUsesItsOwnVariablesAndNothingFromOutside() throws IOException {
        String text = Files.readString(ShippedExpressions.DASHBOARD);
        Set<String> variables = new HashSet<>(Set.of("__rate_interval"));
        dashboard.at("templating").each("list").forEach(variable -> variables.add(variable.text("name")));

        assertThat(text).doesNotContain("://");
        assertThat(Pattern.compile("\\$\\{?(\\w+)").matcher(text).results().map(use -> use.group(1)))
                .isSubsetOf(variables);
        assertThat(Pattern.compile("\"uid\": \"([^\"]*)\"").matcher(text).results().map(use -> use.group(1)).distinct())
                .containsExactlyInAnyOrder("${datasource}", "myproxy");
    }
}
