package dev.myproxy.listen;

import static org.awaitility.Awaitility.await;

import dev.myproxy.transport.Sockets;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A {@link CrowdedListener} that may have few descriptors, and its log. */
final class CrowdedProcess implements Closeable {

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Path socket;
    private final Process process;

    /** @param words what it tells clients when it has no descriptor; if empty, they wait */
    CrowdedProcess(int descriptors, Path socket, Sockets kind, String words) throws IOException {
        this.socket = socket;
        process = new ProcessBuilder("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh",
                ProcessHandle.current().info().command().orElseThrow(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), CrowdedListener.class.getName(), socket.toString(), kind.name(),
                words).redirectErrorStream(true).start();
        Thread.ofVirtual().start(this::readLog);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
        // Without a descriptor no class file can be opened.
        try (SocketChannel first = client()) {
            echo(first);
        }
    }

    SocketChannel client() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Sends a byte and waits for it. */
    static void echo(SocketChannel client) throws IOException {
        client.write(ByteBuffer.wrap(new byte[]{42}));
        ByteBuffer answer = ByteBuffer.allocate(1);
        if (client.read(answer) != 1 || answer.get(0) != 42) {
            throw new IOException("no echo but " + answer);
        }
    }

    Queue<String> log() {
        return log;
    }

    /** How many lines of the log have a text. */
    long lines(String text) {
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

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
