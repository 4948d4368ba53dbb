package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.script.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckReportTest {

    private static CheckReport report(String failure, Finding... inspected) {
        return CheckReport.of(List.of(inspected), Optional.of(new FatalException(ExitCode.CONFIG, failure)));
    }

    @Test
    void nothingIsGood() {
        CheckReport report = CheckReport.of(List.of(), Optional.empty());

        assertThat(report.isEmpty()).isTrue();
        assertThat(report.isGood(true)).isTrue();
        assertThat(report.lines()).isEmpty();
    }

    @Test
    void warningsCountWhenTheCheckIsStrict() {
        CheckReport report = CheckReport.of(List.of(Finding.warning("x.lua", 3, "odd")), Optional.empty());

        assertThat(report.isGood(false)).isTrue();
        assertThat(report.isGood(true)).isFalse();
        assertThat(report.summary()).isEqualTo("1 warning");
        assertThat(report.lines()).containsExactly("x.lua:3: warning: odd");
    }

    @Test
    void theFailureStandsWhereItBelongs() {
        CheckReport report = report("a.lua:5: boom", Finding.error("a.lua", 12, "late"),
                Finding.error("a.lua", 3, "early"), Finding.warning("b.lua", 1, "odd"));

        assertThat(report.lines()).containsExactly("a.lua:3: early", "a.lua:5: boom", "a.lua:12: late",
                "b.lua:1: warning: odd");
        assertThat(report.summary()).isEqualTo("3 errors, 1 warning");
        assertThat(report.isGood(false)).isFalse();
    }

    @Test
    void anInspectionKnowsBetterWhatIsWrongInALine() {
        assertThat(
                report("a.lua:5: attempt to call a nil value", Finding.error("a.lua", 5, "no such function")).lines())
                .containsExactly("a.lua:5: no such function");
        assertThat(report("a.lua:5: boom", Finding.warning("a.lua", 5, "odd")).lines())
                .containsExactly("a.lua:5: boom", "a.lua:5: warning: odd");
    }

    @Test
    void aFailureWithoutPlaceComesLast() {
        CheckReport report = report("No listeners configured", Finding.warning("a.lua", 5, "odd"));

        assertThat(report.lines()).containsExactly("a.lua:5: warning: odd", "No listeners configured");
        assertThat(report.isGood(false)).isFalse();
    }
}
