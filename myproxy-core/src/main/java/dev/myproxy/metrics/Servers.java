package dev.myproxy.metrics;

import dev.myproxy.address.Address;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What is counted for servers: those that somebody {@link #use}s, and for an hour those that somebody has used. Beyond
 * {@value #MAX_SERVERS} all others share one. Safe to use from every thread.
 */
public final class Servers implements MultiCollector {

    static final int MAX_SERVERS = 10_000;
    static final Duration KEPT = Duration.ofHours(1);

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);
    private static final String OTHERS = "other";
    private static final String LABEL = "server";

    private final LongSupplier nanoTime;
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Server others = new Server(OTHERS);
    private long lastSweep;

    public Servers() {
        this(System::nanoTime);
    }

    Servers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastSweep = nanoTime.getAsLong();
    }

    /**
     * Begins to use a server, which is shown at least until {@link #release}.
     *
     * @return the one with this address
     */
    public synchronized Server use(Address address) {
        String name = address.toString();
        Server server = servers.get(name);
        if (server == null && servers.size() >= MAX_SERVERS) {
            forgetUnused();
        }
        if (server == null) {
            server = servers.size() < MAX_SERVERS ? new Server(name) : others;
        }
        if (server != others) {
            servers.put(name, server);
        }
        server.users++;
        return server;
    }

    /** Ends a use. */
    public synchronized void release(Server server) {
        server.users--;
        server.unusedSince = nanoTime.getAsLong();
    }

    private synchronized List<Server> shown() {
        forgetUnused();
        List<Server> shown = new ArrayList<>(servers.values());
        if (others.users > 0 || !others.isUntouched()) {
            shown.add(others);
        }
        return shown;
    }

    private void forgetUnused() {
        long now = nanoTime.getAsLong();
        if (now - lastSweep < BETWEEN_SWEEPS.toNanos()) {
            return;
        }
        lastSweep = now;
        servers.values().removeIf(server -> server.users == 0 && now - server.unusedSince >= KEPT.toNanos());
    }

    @Override
    public MetricSnapshots collect() {
        List<Server> shown = shown();
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        for (ServerCounter counter : ServerCounter.values()) {
            Metric.Counter metric = counter.metric();
            shown.forEach(server -> metric.value(counter.shown(server.total(counter)), LABEL, server.name()));
            metrics.metricSnapshot(metric.snapshot());
        }
        Metric.Gauge sessions = new Metric.Gauge("myproxy_server_sessions",
                "Sessions that are connected to the server, or connecting");
        shown.forEach(server -> sessions.value(server.sessions(), LABEL, server.name()));
        return metrics.metricSnapshot(sessions.snapshot()).build();
    }
}
