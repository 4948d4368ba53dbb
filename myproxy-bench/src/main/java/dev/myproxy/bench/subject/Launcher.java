package dev.myproxy.bench.subject;

import dev.myproxy.address.Address;
import dev.myproxy.bench.load.Endpoint;
import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.LoadException;
import dev.myproxy.bench.server.Ports;
import dev.myproxy.bench.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Starts targets before a server, and waits until they answer. */
public final class Launcher {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(1);
    /** Where a process says when it is ready, there is less to gain from asking, which costs it time. */
    private static final Duration POLL_BESIDE_READINESS = Duration.ofMillis(20);

    private final Server server;
    private final Path directory;
    private final Generator generator;
    private final Descriptors descriptors;
    private int started;

    /**
     * @param directory   for configurations and logs, which stay there
     * @param generator   to log in with
     * @param descriptors of the processes that are started
     */
    public Launcher(Server server, Path directory, Generator generator, Descriptors descriptors) {
        this.server = server;
        this.directory = directory;
        this.generator = generator;
        this.descriptors = descriptors;
    }

    /** Starts a target; returns when a client has logged in through it. */
    public Contestant start(Target target) throws IOException, InterruptedException {
        return switch (target) {
            case Target.Direct _ -> running(target, server.direct(), OptionalLong.empty());
            case Target.Running(String _, Address address, OptionalLong pid) ->
                running(target, server.direct().at(address), pid);
            case Target.HaProxy(String _, Path program) -> {
                int port = Ports.free();
                Path file = write("cfg",
                        Configurations.haproxy(port, server.fromProxy(), descriptors.proxySessions()));
                yield launch(target, port, List.of(program.toString(), "-db", "-f", file.toString()), Map.of());
            }
            case Target.MyProxy(String _, Path home, Map<String, String> environment) -> {
                int port = Ports.free();
                Path file = write("lua",
                        Configurations.myproxy(port, server.fromProxy(), server.direct().credentials()));
                yield launch(target, port,
                        List.of(home.resolve("bin/myproxy").toString(), "--config", file.toString()), environment);
            }
        };
    }

    private Path write(String suffix, String text) throws IOException {
        return Files.writeString(directory.resolve(++started + "." + suffix), text);
    }

    private Contestant launch(Target target, int port, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path log = directory.resolve(started + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Path socket = directory.resolve(started + ".ready");
        builder.environment().put(Readiness.VARIABLE, socket.toString());
        builder.environment().putAll(environment);
        Endpoint endpoint = server.direct().at(Address.inet(InetAddress.getLoopbackAddress(), port));
        try (Readiness readiness = new Readiness(socket)) {
            long start = System.nanoTime();
            Process process = builder.start();
            try {
                awaitAnswer(target, endpoint, process, readiness, log);
                Duration startTime = Duration.ofNanos(System.nanoTime() - start);
                OptionalLong ready = readiness.await(Duration.ZERO);
                return new Contestant(target, endpoint, OptionalLong.of(process.pid()), startTime,
                        ready.isPresent()
                                ? Optional.of(Duration.ofNanos(ready.getAsLong() - start))
                                : Optional.empty(),
                        Optional.of(process));
            } catch (IOException | InterruptedException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        }
    }

    /** What runs already, once a client has logged in. */
    private Contestant running(Target target, Endpoint endpoint, OptionalLong pid)
            throws IOException, InterruptedException {
        generator.open(endpoint).close();
        return new Contestant(target, endpoint, pid, Duration.ZERO, Optional.empty(), Optional.empty());
    }

    private void awaitAnswer(Target target, Endpoint endpoint, Process process, Readiness readiness, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Duration poll = target instanceof Target.MyProxy ? POLL_BESIDE_READINESS : POLL;
        boolean ready = false;
        while (true) {
            try {
                generator.open(endpoint).close();
                return;
            } catch (LoadException e) {
                if (ready) {
                    Thread.sleep(POLL);
                } else {
                    ready = readiness.await(poll).isPresent();
                }
                boolean ended = !process.isAlive();
                if (ended || System.nanoTime() > deadline) {
                    throw new LoadException(target.name() + (ended ? " ends at once: " : " does not answer: ")
                            + e.getMessage() + "; its log: " + tail(log), e);
                }
            }
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
