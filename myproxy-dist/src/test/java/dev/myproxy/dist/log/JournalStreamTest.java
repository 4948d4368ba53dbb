package dev.myproxy.dist.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalStreamTest {

    @TempDir
    Path dir;

    @Test
    void aFileIsKnownByDeviceAndInode() throws Exception {
        Path one = Files.createFile(dir.resolve("one"));
        Path other = Files.createFile(dir.resolve("other"));
        String text = Files.getAttribute(one, "unix:dev") + ":" + Files.getAttribute(one, "unix:ino");

        JournalStream stream = JournalStream.read(Optional.of(text)).orElseThrow();

        assertThat(stream.is(one)).isTrue();
        assertThat(stream.is(Files.createSymbolicLink(dir.resolve("link"), one))).isTrue();
        assertThat(stream.is(other)).isFalse();
        assertThat(stream.is(dir.resolve("none"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:", ":1", "a:b", "1:2:3", "-1:2", "99999999999999999999:1"})
    void whatIsNoPairOfNumbersIsNone(String text) {
        assertThat(JournalStream.read(Optional.of(text))).isEmpty();
        assertThat(JournalStream.read(Optional.empty())).isEmpty();
    }
}
