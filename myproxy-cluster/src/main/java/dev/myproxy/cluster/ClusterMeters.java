package dev.myproxy.cluster;

import dev.myproxy.metrics.Metric;
import dev.myproxy.metrics.Server;
import dev.myproxy.metrics.Servers;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of all nodes of clusters with monitoring, for Prometheus' registry. Where several clusters have a server, and
 * don't agree about it, the worst state counts.
 *
 * <p>Asks for the clusters when it is scraped, over the event bus: {@link #collect} waits for the answer, and must not be
 * called on an event loop.
 */
public final class ClusterMeters implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMeters.class);
    private static final long LIMIT_SECONDS = 2;
    private static final double NANOS = 1e9;
    private static final String LABEL = "server";

    private final Vertx vertx;
    private final Servers servers;
    private final Map<String, LongAdder> changes = new ConcurrentHashMap<>();
    /** The clusters at the last scrape, with their servers. */
    private Map<Cluster, List<Server>> clusters = new LinkedHashMap<>();

    /** @param servers where the nodes of all clusters are to be shown, too */
    public ClusterMeters(Vertx vertx, Servers servers) {
        this.vertx = vertx;
        this.servers = servers;
        vertx.eventBus().<ClusterBus.Changed>localConsumer(ClusterBus.CHANGED,
                message -> changes.computeIfAbsent(message.body().node().address().toString(), _ -> new LongAdder())
                        .increment());
    }

    @Override
    public synchronized MetricSnapshots collect() {
        ask().ifPresent(this::take);
        List<NodeStatus> watched = clusters.keySet().stream()
                .filter(cluster -> cluster.settings().monitoring().isPresent())
                .flatMap(cluster -> cluster.nodes().stream()).toList();
        Map<String, NodeStatus> nodes = new TreeMap<>();
        watched.forEach(node -> nodes.merge(node.address().toString(), node, ClusterMeters::worst));
        return new MetricSnapshots(
                List.of(states(nodes).snapshot(), changes(nodes).snapshot(), checks(nodes).snapshot(),
                        lags(watched).snapshot()));
    }

    /** All clusters; empty if they can't be asked now, or there is nobody to ask because the configuration is loading. */
    private Optional<ClusterBus.Listing> ask() {
        CompletableFuture<Message<ClusterBus.Listing>> answer = vertx
                .eventBus().<ClusterBus.Listing>request(ClusterBus.LIST, null).toCompletionStage()
                .toCompletableFuture();
        try {
            return Optional.of(answer.get(LIMIT_SECONDS, TimeUnit.SECONDS).body());
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Clusters can't be asked", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** Servers of a cluster are shown as long as there is the cluster, and for a while after that. */
    private void take(ClusterBus.Listing listing) {
        Map<Cluster, List<Server>> now = new LinkedHashMap<>();
        for (Cluster cluster : listing.clusters()) {
            List<Server> known = clusters.remove(cluster);
            now.put(cluster, known == null
                    ? cluster.nodes().stream().map(node -> servers.use(node.address())).toList()
                    : known);
        }
        clusters.values().forEach(gone -> gone.forEach(servers::release));
        Set<String> left = addresses(clusters.keySet());
        left.removeAll(addresses(now.keySet()));
        changes.keySet().removeAll(left);
        clusters = now;
    }

    private static Set<String> addresses(Set<Cluster> of) {
        return of.stream().flatMap(cluster -> cluster.nodes().stream()).map(node -> node.address().toString())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static NodeStatus worst(NodeStatus one, NodeStatus other) {
        return one.state().isBetterThan(other.state()) ? other : one;
    }

    private static Metric<?> states(Map<String, NodeStatus> nodes) {
        Metric.Gauge states = new Metric.Gauge("myproxy_server_state",
                "1 for the state that the server is in, 0 for the others");
        nodes.forEach((server, node) -> {
            for (NodeState state : NodeState.values()) {
                states.value(node.state() == state ? 1 : 0, LABEL, server, "state", state.label());
            }
        });
        return states;
    }

    private Metric<?> changes(Map<String, NodeStatus> nodes) {
        Metric.Counter metric = new Metric.Counter("myproxy_server_state_changes",
                "How often the state of the server has changed");
        nodes.keySet().forEach(server -> metric.value(Optional.ofNullable(changes.get(server)).map(LongAdder::sum)
                .orElse(0L), LABEL, server));
        return metric;
    }

    private static Metric<?> checks(Map<String, NodeStatus> nodes) {
        Metric.Gauge metric = new Metric.Gauge("myproxy_server_check_duration_seconds",
                "How long the last check of the server took");
        nodes.forEach((server, node) -> node.checkTook().ifPresent(took -> metric.value(seconds(took), LABEL, server)));
        return metric;
    }

    /** Not all clusters of a server need to ask for it. */
    private static Metric<?> lags(List<NodeStatus> watched) {
        Map<String, Duration> lags = new TreeMap<>();
        watched.forEach(node -> node.lag().ifPresent(lag -> lags.merge(node.address().toString(), lag,
                (one, other) -> one.compareTo(other) < 0 ? other : one)));
        Metric.Gauge metric = new Metric.Gauge("myproxy_server_lag_seconds",
                "How far the server was behind its primary at the last check");
        lags.forEach((server, lag) -> metric.value(seconds(lag), LABEL, server));
        return metric;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
