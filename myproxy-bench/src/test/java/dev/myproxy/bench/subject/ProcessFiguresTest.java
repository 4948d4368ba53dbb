package dev.myproxy.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    @Test
    void residentMemoryIsInBytes() throws IOException {
        assertThat(ProcessFigures.residentBytes("Name:\tx\nVmHWM:\t  900 kB\nVmRSS:\t   12 kB\n")).isEqualTo(12_288);
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        assertThatIOException().isThrownBy(() -> ProcessFigures.residentBytes("Name:\tx\nState:\tZ\n"));
    }

    @Test
    void ownMemoryIsThere() throws IOException {
        assertThat(new ProcessFigures(ProcessHandle.current().pid()).residentBytes()).isGreaterThan(1 << 20);
    }
}
