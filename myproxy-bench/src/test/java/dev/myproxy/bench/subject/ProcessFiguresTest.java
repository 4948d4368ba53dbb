package dev.myproxy.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    @Test
    void processorTimeIsThatOfUserAndSystem() {
        assertThat(ProcessFigures.processorTime(
                "77 (a b) c) S 1 77 77 0 -1 4194560 1 0 0 0 123 45 9 9 20 0 1 0 5 1 1 1"))
                .isEqualTo(Duration.ofMillis(1680));
    }

    @Test
    void residentMemoryIsInBytes() throws IOException {
        assertThat(ProcessFigures.residentBytes("Name:\tx\nVmHWM:\t  900 kB\nVmRSS:\t   12 kB\n")).isEqualTo(12_288);
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        assertThatIOException().isThrownBy(() -> ProcessFigures.residentBytes("Name:\tx\nState:\tZ\n"));
    }

    @Test
    void ownFiguresAreThere() throws IOException {
        ProcessFigures own = new ProcessFigures(ProcessHandle.current().pid());

        assertThat(own.read()).isPositive();
        assertThat(own.residentBytes()).isGreaterThan(1 << 20);
    }
}
