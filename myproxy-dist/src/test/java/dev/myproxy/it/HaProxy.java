package dev.myproxy.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** A balancer of a test's own, which passes TCP connections on. */
final class HaProxy implements Closeable {

    private static final String DEFAULTS = """
                                           defaults
                                               mode tcp
                                               timeout connect 30s
                                               timeout client 60s
                                               timeout server 60s
                                           """;

    private final Path directory;
    private final Map<String, Address.Inet> fronts;
    private final OsProcess process;

    private HaProxy(Path directory, Map<String, Address.Inet> fronts, OsProcess process) {
        this.directory = directory;
        this.fronts = fronts;
        this.process = process;
    }

    /** Skips the test on machines without it. */
    static void require() {
        assumeTrue(Programs.succeeds("haproxy", "-v"), "no haproxy (Debian's package haproxy)");
    }

    /**
     * Starts it.
     *
     * @param directory for its configuration and what it says
     * @param servers   by the name of what leads there: an address, and what HAProxy is to do with it; further lines are of
     *                  the whole
     */
    static HaProxy start(Path directory, Map<String, String> servers) throws IOException {
        StringBuilder configuration = new StringBuilder(DEFAULTS);
        Map<String, Address.Inet> fronts = new LinkedHashMap<>();
        for (Map.Entry<String, String> server : servers.entrySet()) {
            Address.Inet front = (Address.Inet) Endpoints.tcp(Endpoints.freePort());
            fronts.put(server.getKey(), front);
            String[] lines = server.getValue().split("\n", 2);
            configuration.append("listen ").append(server.getKey()).append("\n    bind ").append(front)
                    .append("\n    server one ").append(lines[0]).append('\n')
                    .append(lines.length > 1 ? "    " + lines[1] + "\n" : "");
        }
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        List<String> command = new ArrayList<>(List.of("haproxy", "-db", "-f", file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.log").toFile()).start();
        HaProxy started = new HaProxy(directory, fronts, new OsProcess(process));
        fronts.values().forEach(started::awaitListening);
        return started;
    }

    private void awaitListening(Address.Inet front) {
        Awaitility.await("HAProxy").atMost(Duration.ofSeconds(30)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(said());
            }
            try (SocketChannel probe = Endpoints.connect(front)) {
                return probe.isConnected();
            } catch (IOException _) {
                return false;
            }
        });
    }

    /** Where it takes connections for a server. */
    Address.Inet front(String name) {
        return Objects.requireNonNull(fronts.get(name), name);
    }

    /** What it has printed so far. */
    String said() throws IOException {
        return Files.readString(directory.resolve("haproxy.log"));
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                process.signal("TERM");
                process.waitForEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
