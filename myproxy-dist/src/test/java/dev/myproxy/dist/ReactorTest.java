package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReactorTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "64, 32"})
    void halfTheCoresByDefault(int cores, int loops) throws FatalException {
        assertThat(Reactor.eventLoops(cores, Map.<String, String>of()::get)).isEqualTo(loops);
    }

    @Test
    void aSettingOverrides() throws FatalException {
        assertThat(Reactor.eventLoops(2, Map.of("MYPROXY_EVENT_LOOPS", "7")::get)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "", "1025", "99999999999"})
    void otherSettingsAreRefused(String value) {
        assertThatThrownBy(() -> Reactor.eventLoops(2, Map.of("MYPROXY_EVENT_LOOPS", value)::get))
                .isInstanceOfSatisfying(FatalException.class,
                        fatal -> assertThat(fatal.exitCode()).isEqualTo(ExitCode.CONFIG))
                .hasMessage("MYPROXY_EVENT_LOOPS is \"" + value + "\", but must be a number from 1 to 1024");
    }
}
