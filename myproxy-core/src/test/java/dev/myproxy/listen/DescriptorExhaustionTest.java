package dev.myproxy.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.transport.Sockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A listener in a process that may have few descriptors. */
@ParameterizedClass
@MethodSource("dev.myproxy.transport.TestedTransport#nativeKinds")
class DescriptorExhaustionTest {

    private static final int DESCRIPTORS = 200;
    private static final int CLIENTS = 300;
    private static final int STAYING = 20;

    @TempDir
    Path dir;

    private final Sockets kind;
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final List<SocketChannel> clients = new ArrayList<>();
    private Path socket;
    private Process process;

    DescriptorExhaustionTest(Sockets kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws IOException {
        socket = dir.resolve("s");
        process = new ProcessBuilder("sh", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "sh",
                ProcessHandle.current().info().command().orElseThrow(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"),
                CrowdedListener.class.getName(), socket.toString(), kind.name()).redirectErrorStream(true).start();
        Thread.ofVirtual().start(this::readLog);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
    }

    @AfterEach
    void stop() throws Exception {
        for (SocketChannel client : clients) {
            client.close();
        }
        process.getOutputStream().close();
        assertThat(process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void acceptingPausesAndResumes() throws Exception {
        // given a server that has loaded its classes: without a descriptor no class file can be opened
        try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            echoes(first);
        }

        // when more clients come than there are descriptors
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> lines("Failed to accept connection on ") == 1);

        // then those that got in are served, the others wait, and the listener neither spins nor floods the log
        await().until(() -> lines("Failed again") >= 2);
        assertThat(clients.getFirst()).satisfies(DescriptorExhaustionTest::echoes);
        long tries = lines("Failed again");
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5))
                .until(() -> lines("Failed again") - tries <= 6);
        assertThat(lines("Failed to accept connection on ")).isEqualTo(1);
        assertThat(lines("again; it failed")).isZero();

        // when enough clients leave
        for (SocketChannel client : clients.subList(0, CLIENTS - STAYING)) {
            client.close();
        }

        // then all others get their turn, and one line says that it is over
        for (SocketChannel client : clients.subList(CLIENTS - STAYING, CLIENTS)) {
            echoes(client);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> lines("again; it failed") == 1);
        assertThat(lines("Failed to accept connection on ")).isEqualTo(1);
        assertThat(log).anyMatch(line -> line.contains(": Too many open files; clients wait"));
    }

    private static void echoes(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap(new byte[]{42}));
        ByteBuffer answer = ByteBuffer.allocate(1);
        client.read(answer);
        assertThat(answer.array()).containsExactly(42);
    }

    private long lines(String text) {
        return log.stream().filter(line -> line.contains(text)).count();
    }

    private void readLog() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(log::add);
        } catch (IOException e) {
            log.add(e.toString());
        }
    }
}
