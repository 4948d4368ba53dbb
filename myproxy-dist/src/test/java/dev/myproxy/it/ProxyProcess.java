package dev.myproxy.it;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * The daemon as delivered: {@code bin/myproxy} of the distribution under {@code target}, started with a configuration of
 * the test's own, once it says that it is ready.
 */
public final class ProxyProcess implements Closeable {

    private static final Path HOME = Path.of(System.getProperty("myproxy.home",
            Path.of(System.getProperty("basedir", "."), "target", "myproxy").toString())).toAbsolutePath();

    /** Most daemons of tests are gone before the optimising compiler has earned what it costs. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private final OsProcess process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();

    private ProxyProcess(Process process) {
        this.process = new OsProcess(process);
        collect(process.getInputStream(), out);
        collect(process.getErrorStream(), err);
    }

    /**
     * Starts the daemon and waits until it is ready.
     *
     * @param directory     for its configuration and its sockets
     * @param configuration the text of the configuration
     * @param arguments     further arguments
     */
    public static ProxyProcess start(Path directory, String configuration, String... arguments) throws IOException {
        return start(List.of(), directory, configuration, arguments);
    }

    /** As {@link #start(Path, String, String...)} with no more than so many descriptors. */
    static ProxyProcess startWithDescriptors(int limit, Path directory, String configuration) throws IOException {
        return start(List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$@\"", "sh"), directory, configuration);
    }

    /** As {@link #start(Path, String, String...)} with a variable in its environment. */
    static ProxyProcess startWith(String variable, String value, Path directory, String configuration,
            String... arguments) throws IOException {
        return start(List.of("env", variable + "=" + value), directory, configuration, arguments);
    }

    /** As {@link #start(Path, String, String...)} with an eye on every buffer: one that is lost gives a line with LEAK. */
    public static ProxyProcess startWatchingBuffers(Path directory, String configuration, String... arguments)
            throws IOException {
        return start(List.of("env", "MYPROXY_JAVA_OPTS=-Dio.netty.leakDetection.level=paranoid"), directory,
                configuration, arguments);
    }

    /** As {@link #start(Path, String, String...)} by a command that becomes the daemon. */
    static ProxyProcess start(List<String> launcher, Path directory, String configuration,
            String... arguments) throws IOException {
        Path file = Files.writeString(directory.resolve("config.lua"), configuration);
        List<String> all = new ArrayList<>(List.of("--config", file.toString()));
        all.addAll(List.of(arguments));
        Path notify = directory.resolve("notify");
        Files.deleteIfExists(notify);
        try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
            socket.bind(AFUNIXSocketAddress.of(notify));
            socket.setSoTimeout(100);
            ProxyProcess proxy = launch(launcher, notify, all);
            try {
                proxy.awaitReady(socket);
            } catch (IOException | RuntimeException | Error e) {
                proxy.close();
                throw e;
            }
            return proxy;
        }
    }

    /**
     * Starts the daemon for a service manager, and waits for nothing.
     *
     * @param notify    where the manager is told how the daemon does
     * @param launcher  a command that becomes the daemon
     * @param variables further ones, {@code NAME=value}
     */
    static ProxyProcess startFor(Path notify, List<String> launcher, Path directory, String configuration,
            List<String> variables) throws IOException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(variables);
        command.addAll(launcher);
        Path file = Files.writeString(directory.resolve("config.lua"), configuration);
        return launch(command, notify, List.of("--config", file.toString()));
    }

    /** Starts the daemon with these arguments and waits for nothing; for runs that end by themselves. */
    static ProxyProcess run(List<String> arguments) throws IOException {
        return launch(List.of(), Path.of(""), arguments);
    }

    private static ProxyProcess launch(List<String> launcher, Path notify, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(HOME.resolve("bin/myproxy").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().putIfAbsent("MYPROXY_JAVA_OPTS", QUICK);
        builder.environment().remove("NOTIFY_SOCKET");
        if (!notify.toString().isEmpty()) {
            builder.environment().put("NOTIFY_SOCKET", notify.toString());
        }
        return new ProxyProcess(builder.start());
    }

    private void awaitReady(AFUNIXDatagramSocket notify) throws IOException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        byte[] message = new byte[4096];
        java.net.DatagramPacket datagram = new java.net.DatagramPacket(message, message.length);
        while (true) {
            try {
                notify.receive(datagram);
                String text = new String(message, 0, datagram.getLength(), StandardCharsets.UTF_8);
                if (List.of(text.split("\n", -1)).contains("READY=1")) {
                    return;
                }
            } catch (java.net.SocketTimeoutException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("the daemon does not start: " + out + err, e);
                }
            }
        }
    }

    private static void collect(InputStream from, List<String> lines) {
        Thread.ofPlatform().daemon().start(() -> {
            try (BufferedReader reader = new BufferedReader(
                    new java.io.InputStreamReader(from, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (UncheckedIOException | IOException e) {
                lines.add("can't read more: " + e);
            }
        });
    }

    /** What drives sessions of daemons that are started without a word on that. */
    static String transport() {
        return System.getenv().getOrDefault("MYPROXY_TRANSPORT", "epoll");
    }

    OsProcess process() {
        return process;
    }

    /** Lines on standard output so far. */
    List<String> out() {
        return out;
    }

    /** Lines on standard error so far. */
    List<String> err() {
        return err;
    }

    /** All lines so far, those of standard output first. */
    public List<String> log() {
        List<String> all = new ArrayList<>(out);
        all.addAll(err);
        return all;
    }

    /** Waits for a line and returns it. */
    String awaitLine(Predicate<String> wanted) {
        Awaitility.await("log line").atMost(Duration.ofSeconds(30)).until(() -> log().stream().anyMatch(wanted));
        return log().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Stops the daemon as a service manager would, and returns its exit code. */
    int stop() throws IOException, InterruptedException {
        process.signal("TERM");
        return process.waitForEnd();
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                process.signal("KILL");
                process.waitForEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
