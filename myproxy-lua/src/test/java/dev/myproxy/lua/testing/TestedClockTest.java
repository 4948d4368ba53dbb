package dev.myproxy.lua.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestedClockTest {

    private final List<String> ran = new ArrayList<>();
    private final TestedClock clock = new TestedClock(Runnable::run);

    @Test
    void timersRunInTheirOrderWhenTheClockPassesThem() {
        clock.after(Duration.ofSeconds(2), () -> ran.add("second"));
        clock.after(Duration.ofSeconds(1), () -> ran.add("first"));
        clock.after(Duration.ofSeconds(2), () -> ran.add("third"));

        clock.advance(Duration.ofMillis(999));
        assertThat(ran).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(ran).containsExactly("first");
        clock.advance(Duration.ofHours(1));
        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void cancelledTimersDoNotRun() {
        clock.after(Duration.ofSeconds(1), () -> ran.add("x")).run();

        clock.advance(Duration.ofSeconds(1));

        assertThat(ran).isEmpty();
    }

    @Test
    void bothClocksGoTogether() {
        assertThat(clock.now()).hasToString("2026-01-01T00:00:00Z");

        clock.advance(Duration.ofMillis(1500));

        assertThat(clock.now()).hasToString("2026-01-01T00:00:01.500Z");
        assertThat(clock.seconds()).isEqualTo(1767225601.5);
        assertThat(clock.nanos()).isEqualTo(1_500_000_000);
    }
}
