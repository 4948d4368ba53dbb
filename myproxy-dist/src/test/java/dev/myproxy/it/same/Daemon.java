package dev.myproxy.it.same;

import dev.myproxy.address.Address;
import dev.myproxy.it.MariaDbFiles;
import dev.myproxy.it.ProxyProcess;
import dev.myproxy.peers.Direction;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Fault;
import dev.myproxy.peers.FaultRelay;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The daemon before one server, with a listener for each {@link Delivery.Listener}; it ends with the JVM. */
final class Daemon {

    private static final Map<Server.Kind, Daemon> STARTED = new EnumMap<>(Server.Kind.class);
    private static final int RELAY_BYTES = 1 << 16;
    private static final Duration RELAY_PATIENCE = Duration.ofMillis(3);

    private final Server.Kind kind;
    private final Path directory;
    private final ProxyProcess process;
    private final FaultRelay split;
    private final FaultRelay coalesced;

    private Daemon(Server server) throws IOException {
        kind = server.kind();
        directory = Files.createTempDirectory("myproxy-same-");
        Address real = server.real().socket();
        split = FaultRelay.start(Endpoints.unix(directory.resolve("relay-split")), real,
                Map.of(Direction.TO_CLIENT, List.of(new Fault.Split(1, Duration.ZERO))));
        coalesced = FaultRelay.start(Endpoints.unix(directory.resolve("relay-coalesced")), real,
                Map.of(Direction.TO_CLIENT, List.of(new Fault.Coalesce(RELAY_BYTES, RELAY_PATIENCE))));
        process = Boolean.getBoolean("myproxy.fast")
                ? ProxyProcess.start(directory, configuration(real))
                : ProxyProcess.startWatchingBuffers(directory, configuration(real));
        // Each listener learns from a login what the server offers.
        for (Delivery delivery : Delivery.values()) {
            try (RawClient client = RawClient.connect(side(delivery).address())) {
                client.login(Login.clear("root", ""));
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** The daemon before a server. */
    static synchronized Daemon before(Server server) throws IOException {
        Daemon daemon = STARTED.get(server.kind());
        if (daemon == null) {
            daemon = new Daemon(server);
            STARTED.put(server.kind(), daemon);
        }
        return daemon;
    }

    private String configuration(Address real) throws IOException {
        try (InputStream in = Objects.requireNonNull(Daemon.class.getResourceAsStream("same.lua"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("DIRECTORY", directory.toString())
                    .replace("SERVER", real.toString());
        }
    }

    /** Where clients connect to. */
    Side side(Delivery delivery) {
        return Side.proxied(Endpoints.unix(directory.resolve(delivery.listener().name().toLowerCase(Locale.ROOT))),
                kind);
    }

    /** Whether it offers all of the flags, now that it has seen the server. What MariaDB calls a MySQL client needs no offer. */
    boolean offers(FlagSet flags) {
        try (RawClient client = RawClient.connect(side(Delivery.AS_SENT).address())) {
            Greeting greeting = client.readGreeting();
            return greeting.has(flags.flags() & ~Flags.LONG_PASSWORD)
                    && (greeting.mariadbCapabilities() & flags.extended()) == flags.extended();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written to its log. */
    List<String> log() {
        return process.log();
    }

    private void end() {
        try (split; coalesced) {
            process.close();
            MariaDbFiles.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
