package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingDirectoryTest {

    @Test
    void relativeNamesFollowAChange(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("here"), "yes");
        Path before = Path.of("/proc/self/cwd").toRealPath();
        WorkingDirectory working = new WorkingDirectory();
        try {
            working.change(directory.toString());

            assertThat(Path.of("/proc/self/cwd").toRealPath()).isEqualTo(directory.toRealPath());
            assertThat(Files.readString(Path.of("here"))).isEqualTo("yes");
        } finally {
            working.change(before.toString());
        }
    }

    @Test
    void aFailureNamesDirectoryAndReason(@TempDir Path directory) {
        WorkingDirectory working = new WorkingDirectory();

        assertThatThrownBy(() -> working.change(directory + "/none")).isInstanceOf(IOException.class)
                .hasMessage("Failed to change to " + directory + "/none: No such file or directory");
    }
}
