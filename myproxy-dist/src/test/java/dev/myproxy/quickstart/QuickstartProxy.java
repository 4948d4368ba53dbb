package dev.myproxy.quickstart;

import dev.myproxy.it.EmbeddedMariaDb;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The daemon as delivered, with its log copied to a stream. */
final class QuickstartProxy implements Closeable {

    private static final int USUAL_PORT = 3307;
    private static final int START_SECONDS = 30;

    private final Path configuration;
    private final Path directory;
    private final int port;
    private final Process process;
    private volatile boolean closing;

    private QuickstartProxy(Path configuration, Path directory, int port, Process process) {
        this.configuration = configuration;
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Starts it and waits until it says that it is ready. */
    static QuickstartProxy start(Path home, Path configuration, EmbeddedMariaDb server, PrintStream log)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "myproxy-quickstart-" + ProcessHandle.current().pid()));
        Path notify = directory.resolve("notify");
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/myproxy").toString(), "--config",
                configuration.toString()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("NOTIFY_SOCKET", notify.toString(), "QUICKSTART_SERVER", server.tcp().toString(),
                        "QUICKSTART_PASSWORD", SampleDatabase.PASSWORD, "QUICKSTART_SOCKET",
                        directory.resolve("socket").toString(), "QUICKSTART_PORT", Integer.toString(port)));
        try (AFUNIXDatagramSocket ready = AFUNIXDatagramSocket.newInstance()) {
            ready.bind(AFUNIXSocketAddress.of(notify));
            QuickstartProxy proxy = new QuickstartProxy(configuration, directory, port, builder.start());
            proxy.copyLog(log);
            try {
                proxy.awaitReady(ready);
            } catch (IOException e) {
                proxy.close();
                throw e;
            }
            return proxy;
        }
    }

    /** The usual port if it is free, else any. */
    private static int freePort() throws IOException {
        try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return usual.getLocalPort();
        } catch (IOException _) {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return any.getLocalPort();
            }
        }
    }

    private void copyLog(PrintStream log) {
        Thread.ofPlatform().daemon().start(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> log.println("myproxy | " + line));
            } catch (IOException | UncheckedIOException e) {
                if (!closing) {
                    log.println("The log of the proxy broke off: " + e.getMessage());
                }
            }
        });
    }

    private void awaitReady(AFUNIXDatagramSocket notify) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        notify.setSoTimeout(100);
        byte[] message = new byte[1000];
        while (true) {
            try {
                DatagramPacket datagram = new DatagramPacket(message, message.length);
                notify.receive(datagram);
                if (new String(message, 0, datagram.getLength(), StandardCharsets.UTF_8).lines()
                        .anyMatch("READY=1"::equals)) {
                    return;
                }
            } catch (SocketTimeoutException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("The proxy did not start; its log above says why.", e);
                }
            }
        }
    }

    Path configuration() {
        return configuration;
    }

    Path socket() {
        return directory.resolve("socket");
    }

    int port() {
        return port;
    }

    /** For MariaDB Connector/J, which sends clear passwords over Unix sockets but not over TCP. */
    String url() {
        return "jdbc:mariadb://localhost/shop?sslMode=disable&localSocket=" + socket();
    }

    void await() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String file : new String[]{"socket", "notify", ""}) {
            Files.deleteIfExists(directory.resolve(file));
        }
    }
}
