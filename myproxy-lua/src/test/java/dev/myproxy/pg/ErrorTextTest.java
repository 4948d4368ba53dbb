package dev.myproxy.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    private static PgError error(int position) {
        return new PgError(Map.of('S', "ERROR", 'C', "42703", 'M', "no", 'P', Integer.toString(position)));
    }

    @Test
    void hasAllThatTheServerSaid() {
        PgError error = new PgError(Map.of('S', "FEHLER", 'V', "ERROR", 'C', "23505", 'M', "doppelt", 'D', "Einzelheit",
                'H', "Tipp", 'W', "in f()", 'q', "SELECT 1/0", 'p', "9", 'F', "x.c"));

        assertThat(ErrorText.of(error, "SELECT f()")).isEqualTo("""
                                                                FEHLER:  doppelt
                                                                LINE 1: SELECT 1/0
                                                                                ^
                                                                DETAIL:  Einzelheit
                                                                HINT:  Tipp
                                                                QUERY:  SELECT 1/0
                                                                CONTEXT:  in f()
                                                                """);
        assertThat(error.failure("SELECT f()").sqlState()).contains("23505");
    }

    @Test
    void showsTheLine() {
        assertThat(ErrorText.of(error(8), "SELECT bogus")).isEqualTo("""
                                                                     ERROR:  no
                                                                     LINE 1: SELECT bogus
                                                                                    ^
                                                                     """);
        assertThat(ErrorLine.of("SELECT\n\t1,\r\n  bogus\nFROM x", 15)).isEqualTo("LINE 3:   bogus\n          ^\n");
        assertThat(ErrorLine.of("SELECT\t'日本', bogus", 14)).isEqualTo("LINE 1: SELECT '日本', bogus\n"
                + " ".repeat(23) + "^\n");
        assertThat(ErrorLine.of("SELECT (", 9)).isEqualTo("LINE 1: SELECT (\n" + " ".repeat(16) + "^\n");
    }

    @Test
    void shortensLongLines() {
        String long1 = "SELECT bogus, " + "x".repeat(100);
        assertThat(ErrorLine.of(long1, 8))
                .isEqualTo("LINE 1: " + long1.substring(0, 60) + "...\n" + " ".repeat(15) + "^\n");

        String long2 = "SELECT " + "x".repeat(100) + ", bogus";
        assertThat(ErrorLine.of(long2, 110))
                .isEqualTo("LINE 1: ..." + long2.substring(long2.length() - 60) + "\n" + " ".repeat(66) + "^\n");

        String long3 = "SELECT " + "x".repeat(100) + ", bogus, " + "y".repeat(100);
        assertThat(ErrorLine.of(long3, 110))
                .isEqualTo("LINE 1: ..." + long3.substring(59, 119) + "...\n" + " ".repeat(61) + "^\n");
    }

    @Test
    void leavesPlacesOutThatAreNone() {
        assertThat(ErrorLine.of("SELECT", 9)).isEmpty();
        assertThat(ErrorLine.of("SELECT", 0)).isEmpty();
        assertThat(ErrorText.of(new PgError(Map.of('S', "ERROR", 'M', "no", 'P', "x1")), "SELECT"))
                .isEqualTo("ERROR:  no\n");
    }
}
