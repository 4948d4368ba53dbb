package dev.myproxy.inherit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenVariablesTest {

    private static final long PID = 4711;

    @Test
    void namesGoWithTheDescriptors() {
        ListenVariables read = ListenVariables.read(
                Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "3", "LISTEN_FDNAMES", "mysql:metrics:mysql"), PID);

        assertThat(read.names()).containsExactly("mysql", "metrics", "mysql");
        assertThat(read.problem()).isEmpty();
    }

    @Test
    void descriptorsWithoutNamesAreUnknown() {
        assertThat(ListenVariables.read(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "2"), PID).names())
                .containsExactly("unknown", "unknown");
        assertThat(ListenVariables
                .read(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "2", "LISTEN_FDNAMES", "one"), PID).names())
                .containsExactly("unknown", "unknown");
        assertThat(ListenVariables
                .read(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "2", "LISTEN_FDNAMES", "one:"), PID).names())
                .containsExactly("one", "unknown");
    }

    @Test
    void nothingIsNoProblem() {
        assertThat(ListenVariables.read(Map.of(), PID)).isEqualTo(
                ListenVariables.read(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", ""), PID));
        assertThat(ListenVariables.read(Map.of(), PID).problem()).isEmpty();
        assertThat(ListenVariables.read(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "0"), PID).names()).isEmpty();
    }

    @Test
    void descriptorsOfAnotherProcessAreLeftAlone() {
        ListenVariables read = ListenVariables.read(Map.of("LISTEN_PID", "1", "LISTEN_FDS", "1"), PID);

        assertThat(read.names()).isEmpty();
        assertThat(read.problem()).hasValue("LISTEN_PID is \"1\", but this process has the id 4711");
        assertThat(ListenVariables.read(Map.of("LISTEN_FDS", "1"), PID).names()).isEmpty();
    }

    @Test
    void badNumbersAreSaid() {
        for (String bad : new String[]{"x", "-1", "1.5", "99999", "4097", "1 "}) {
            ListenVariables read = ListenVariables.read(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", bad), PID);

            assertThat(read.names()).isEmpty();
            assertThat(read.problem()).hasValue("LISTEN_FDS is \"" + bad
                    + "\", but must be a number from 0 to 4096");
        }
    }
}
