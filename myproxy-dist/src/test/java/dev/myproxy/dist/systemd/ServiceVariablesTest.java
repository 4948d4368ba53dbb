package dev.myproxy.dist.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceVariablesTest {

    @Test
    void aManagerSaysWhereItListensAndHowOften() {
        ServiceVariables read = ServiceVariables.read(
                Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "2000000", "WATCHDOG_PID", "7"), 7);

        assertThat(read.notifySocket()).hasValue("@x");
        assertThat(read.watchdog()).hasValue(Duration.ofSeconds(2));
        assertThat(ServiceVariables.read(Map.of("WATCHDOG_USEC", "5"), 7).watchdog()).hasValue(Duration.ofNanos(5000));
    }

    @Test
    void withoutVariablesThereIsNoManager() {
        assertThat(ServiceVariables.read(Map.of(), 7).notifySocket()).isEmpty();
        assertThat(ServiceVariables.read(Map.of("NOTIFY_SOCKET", ""), 7).notifySocket()).isEmpty();
        assertThat(ServiceVariables.read(Map.of(), 7).watchdog()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00", "-1", "x", "1.5", "99999999999999999999"})
    void anIntervalThatIsNoneIsLeftAlone(String text) {
        assertThat(ServiceVariables.read(Map.of("WATCHDOG_USEC", text), 7).watchdog()).isEmpty();
    }

    @Test
    void theWatchdogOfAnotherProcessIsLeftAlone() {
        assertThat(ServiceVariables.read(Map.of("WATCHDOG_USEC", "5", "WATCHDOG_PID", "8"), 7).watchdog()).isEmpty();
    }
}
