package dev.myproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatusTest {

    @TempDir
    Path directory;

    @Test
    void readsNumbers() throws IOException {
        Path file = Files.writeString(directory.resolve("status"),
                "Name:\tjava\nVmRSS:\t  123456 kB\nvoluntary_ctxt_switches:\t42\nodd\nHuge:\t99999999999999999999\n");

        ProcessStatus status = ProcessStatus.read(file);

        assertThat(status.number("VmRSS")).isEqualTo(OptionalLong.of(123456));
        assertThat(status.number("voluntary_ctxt_switches")).isEqualTo(OptionalLong.of(42));
        assertThat(status.number("Name")).isEmpty();
        assertThat(status.number("Huge")).isEmpty();
        assertThat(status.number("none")).isEmpty();
    }

    @Test
    void withoutTheFileThereIsNothing() {
        assertThat(ProcessStatus.read(directory.resolve("none")).fields()).isEmpty();
    }
}
