package dev.myproxy.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessClockTest {

    @Test
    void tellsWhatTheProcessKnowsOfItself() throws IOException {
        ProcessClock clock = new ProcessClock(ProcessHandle.current().pid());
        var own = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        Duration before = clock.read();
        Duration meanwhile = Duration.ofNanos(own.getProcessCpuTime());
        Duration after = clock.read();

        // The process sees itself in steps of 10 ms.
        assertThat(meanwhile).isBetween(before.minusMillis(20), after.plusMillis(20));
    }

    @Test
    void aProcessThatHasEndedHasNoClock() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThatIOException().isThrownBy(() -> new ProcessClock(ended.pid()).read())
                .withMessage("Process " + ended.pid() + " has ended");
    }
}
