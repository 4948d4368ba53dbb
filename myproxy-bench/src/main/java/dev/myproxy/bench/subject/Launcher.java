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
    private static final long POLL_MILLIS = 1;

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
        builder.environment().remove("NOTIFY_SOCKET");
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            Endpoint endpoint = server.direct().at(Address.inet(InetAddress.getLoopbackAddress(), port));
            awaitAnswer(target, endpoint, process, log);
            return new Contestant(target, endpoint, OptionalLong.of(process.pid()),
                    Duration.ofNanos(System.nanoTime() - start), Optional.of(process));
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** What runs already, once a client has logged in. */
    private Contestant running(Target target, Endpoint endpoint, OptionalLong pid)
            throws IOException, InterruptedException {
        generator.open(endpoint).close();
        return new Contestant(target, endpoint, pid, Duration.ZERO, Optional.empty());
    }

    private void awaitAnswer(Target target, Endpoint endpoint, Process process, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                generator.open(endpoint).close();
                return;
            } catch (LoadException e) {
                boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
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
