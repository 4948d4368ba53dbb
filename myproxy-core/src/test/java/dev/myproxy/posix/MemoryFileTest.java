package dev.myproxy.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class MemoryFileTest {

    @Test
    void nobodyCanChangeWhatIsSealed() throws Exception {
        int file = MemoryFile.sealed("some name", new byte[]{1, 2, 3});
        try {
            Path path = Path.of("/proc/self/fd/" + file);
            assertThat(Files.readSymbolicLink(path).toString()).contains("some name");
            for (StandardOpenOption how : new StandardOpenOption[]{StandardOpenOption.WRITE, StandardOpenOption.APPEND,
                    StandardOpenOption.TRUNCATE_EXISTING}) {
                assertThatThrownBy(() -> Files.write(path, new byte[]{4}, StandardOpenOption.WRITE, how))
                        .isInstanceOf(IOException.class).hasMessageContaining("Operation not permitted");
            }
            assertThat(Files.readAllBytes(path)).containsExactly(1, 2, 3);
        } finally {
            PosixFiles.close(file);
        }
    }

    @Test
    void anEmptyFileIsOne() throws Exception {
        int file = MemoryFile.sealed("empty", new byte[0]);
        try {
            assertThat(Files.readAllBytes(Path.of("/proc/self/fd/" + file))).isEmpty();
        } finally {
            PosixFiles.close(file);
        }
    }
}
