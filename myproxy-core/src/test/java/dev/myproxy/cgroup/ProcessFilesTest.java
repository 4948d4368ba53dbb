package dev.myproxy.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFilesTest {

    private static final int PIDFD = 7;

    @TempDir
    Path proc;

    private ProcessFiles files;

    @BeforeEach
    void aProcess() throws Exception {
        files = new ProcessFiles(proc);
        write("4711/cgroup", "0::/shop\n");
    }

    @Test
    void aProcessThatLivesHasAGroup() throws Exception {
        write("self/fdinfo/7", "pos:\t0\nflags:\t02000002\nPid:\t4711\nNSpid:\t4711\n");

        assertThat(files.cgroup(4711, PIDFD)).contains(new CgroupPath("/shop"));
    }

    @Test
    void aProcessThatHasEndedHasNone() throws Exception {
        write("self/fdinfo/7", "pos:\t0\nPid:\t-1\n");

        assertThatThrownBy(() -> files.cgroup(4711, PIDFD)).isInstanceOf(IOException.class)
                .hasMessage("Client process has already exited");
    }

    @Test
    void anotherProcessIsNotTaken() throws Exception {
        write("self/fdinfo/7", "Pid:\t4712\n");

        assertThatThrownBy(() -> files.cgroup(4711, PIDFD)).hasMessage("PID mismatch");
    }

    @Test
    void withoutAPidfdTheNumberMustDo() throws Exception {
        assertThat(files.cgroup(4711)).contains(new CgroupPath("/shop"));
    }

    @Test
    void saysWhatCouldNotBeOpened() {
        assertThatThrownBy(() -> files.cgroup(4712))
                .hasMessage("Failed to open " + proc + "/4712/cgroup: No such file or directory");
    }

    private void write(String name, String text) throws IOException {
        Path file = proc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
