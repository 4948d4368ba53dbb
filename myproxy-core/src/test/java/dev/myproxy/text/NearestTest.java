package dev.myproxy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({"'', '', 0", "abc, abc, 0", "'', abc, 3", "abc, '', 3", "kitten, sitting, 3", "luajt, luajit, 1",
            "ab, ba, 2"})
    void countsLettersToChange(String from, String to, int distance) {
        assertThat(Nearest.distance(from, to)).isEqualTo(distance);
    }

    @Test
    void findsTheNearestOfSeveral() {
        assertThat(Nearest.to("luajt", List.of("luaj", "luajit", "python"))).contains("luaj");
        assertThat(Nearest.to("luajot", List.of("luaj", "luajit", "python"))).contains("luajit");
    }

    @Test
    void findsNothingWhereNothingIsNear() {
        assertThat(Nearest.to("ruby", List.of("luaj", "luajit"))).isEmpty();
    }

    @Test
    void comparesNoLongWords() {
        assertThat(Nearest.to("x".repeat(100_000_000), List.of("luaj", "luajit"))).isEmpty();
    }

    @Test
    void hintsAtTheEndOfAMessage() {
        assertThat(Nearest.hint("acount", List.of("account", "address"))).isEqualTo("; did you mean \"account\"?");
        assertThat(Nearest.hint("x", List.of("account"))).isEmpty();
    }
}
