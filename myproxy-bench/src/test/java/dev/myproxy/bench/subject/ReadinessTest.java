package dev.myproxy.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class ReadinessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void isTheFirstMessageThatSaysSo() throws Exception {
        Path path = directory.resolve("ready");
        long before = System.nanoTime();

        try (Readiness readiness = new Readiness(path)) {
            tell(path, "STATUS=Loading, not READY=1");
            assertThat(readiness.await(Duration.ofMillis(10))).isEmpty();
            tell(path, "READY=1\nSTATUS=0 sessions");
            long first = readiness.await(PATIENCE).orElseThrow();
            tell(path, "READY=1");

            assertThat(first).isBetween(before, System.nanoTime());
            assertThat(readiness.await(Duration.ZERO)).hasValue(first);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void saysWhereItCantListen() {
        Path path = directory.resolve("none/ready");

        assertThatThrownBy(() -> new Readiness(path)).isInstanceOf(IOException.class)
                .hasMessageContaining(path.toString());
    }

    private static void tell(Path path, String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
            socket.connect(AFUNIXSocketAddress.of(path));
            socket.send(new DatagramPacket(bytes, bytes.length));
        }
    }
}
