package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final String TEXT = """
                                       # HELP logins_total Logins
                                       # TYPE logins_total counter
                                       logins_total{account="joe",result="a \\"b\\", c"} 3.0
                                       logins_total{account="ann",result=""} 4.0
                                       open 1.5E3
                                       """;

    @Test
    void findsTheSampleWithTheseLabels() {
        assertThat(Samples.find(TEXT, "logins_total", Map.of("account", "ann"))).hasValue(4);
        assertThat(Samples.find(TEXT, "logins_total", Map.of("result", "a \"b\", c"))).hasValue(3);
        assertThat(Samples.find(TEXT, "logins_total", Map.of())).hasValue(3);
        assertThat(Samples.find(TEXT, "open", Map.of())).hasValue(1500);
    }

    @Test
    void findsNothingElse() {
        assertThat(Samples.find(TEXT, "logins", Map.of())).isEmpty();
        assertThat(Samples.find(TEXT, "logins_total", Map.of("account", "eve"))).isEmpty();
        assertThat(Samples.find(TEXT, "open", Map.of("account", "joe"))).isEmpty();
    }
}
