package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.transport.ErrorText;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clusters of a script. Whoever asks again for a cluster with the same servers and settings gets the same one, so that
 * a script may ask for it whenever a client comes, and its nodes are watched once. Safe to use from every thread.
 */
public final class Clusters {

    /** How many different clusters there may be. */
    public static final int LIMIT = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

    private enum Phase {
        LOADING, RUNNING, CLOSED
    }

    private record Key(List<Address> servers, ClusterSettings settings) {}

    private final Vertx vertx;
    private final Context context;
    private final Function<ClusterSettings, Probe> probes;
    private final Supplier<Moment> clock;
    private final Map<Key, Cluster> clusters = new LinkedHashMap<>();
    private final Map<Cluster, Future<String>> monitors = new LinkedHashMap<>();
    private Optional<MessageConsumer<Object>> listing = Optional.empty();
    private Phase phase = Phase.LOADING;

    /**
     * @param probes makes what checks the nodes of one cluster that is watched
     */
    public Clusters(Vertx vertx, Function<ClusterSettings, Probe> probes) {
        this(vertx, probes, Moment::now);
    }

    Clusters(Vertx vertx, Function<ClusterSettings, Probe> probes, Supplier<Moment> clock) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).contextBuilder().build();
        this.probes = probes;
        this.clock = clock;
    }

    /**
     * A cluster. Its nodes are watched from {@link #start} on, or at once if that has been called. It begins with what
     * other clusters with the same checks know of its servers, so that a script may change the weights, say, without any
     * login having to wait.
     *
     * @param servers at least one; their order decides where nothing else does
     * @throws IllegalArgumentException if there is no server, or a weight for one that is not among them
     * @throws IllegalStateException    if there are too many clusters
     */
    public synchronized Cluster of(List<Address> servers, ClusterSettings settings) {
        Key key = new Key(servers.stream().distinct().toList(), settings);
        Cluster known = clusters.get(key);
        if (known != null) {
            return known;
        }
        if (clusters.size() >= LIMIT) {
            throw new IllegalStateException("There are " + LIMIT + " different clusters already: a script that makes"
                    + " clusters while it runs should ask for the same ones again");
        }
        Cluster cluster = new Cluster(vertx, key.servers(), settings, clock);
        clusters.values().stream().filter(other -> hasSameChecks(other, cluster))
                .forEach(other -> cluster.table().learnFrom(other.table()));
        clusters.put(key, cluster);
        switch (phase) {
            case LOADING -> {
                // start() will
            }
            case RUNNING -> monitor(cluster);
            case CLOSED -> cluster.readiness().close(Cluster.CLOSED);
        }
        return cluster;
    }

    private static boolean hasSameChecks(Cluster one, Cluster other) {
        return one.settings().link().equals(other.settings().link())
                && one.settings().monitoring().map(ClusterSettings.Monitoring::check)
                        .equals(other.settings().monitoring().map(ClusterSettings.Monitoring::check));
    }

    /** All clusters, in the order in which they were made. */
    public synchronized List<Cluster> list() {
        return List.copyOf(clusters.values());
    }

    /**
     * The configuration has been loaded: begins to watch the nodes of all clusters, and answers on {@link ClusterBus#LIST}.
     */
    public synchronized Future<Void> start() {
        if (phase != Phase.LOADING) {
            throw new IllegalStateException("started before");
        }
        phase = Phase.RUNNING;
        listing = Optional.of(vertx.eventBus().localConsumer(ClusterBus.LIST,
                question -> question.reply(new ClusterBus.Listing(list()))));
        clusters.values().forEach(this::monitor);
        return Future.join(List.copyOf(monitors.values())).mapEmpty();
    }

    private void monitor(Cluster cluster) {
        cluster.settings().monitoring().ifPresent(monitoring -> monitors
                .put(cluster,
                        deploy(new MonitorVerticle(cluster, monitoring, probes.apply(cluster.settings())))
                                .onFailure(e -> LOG.error("Nobody watches the servers of cluster {}: {}", cluster,
                                        ErrorText.of(e)))));
    }

    /** In a context of its own: deployed by a script, it would end with that script's verticle, whoever else has the cluster. */
    private Future<String> deploy(MonitorVerticle monitor) {
        return Future.future(deployed -> context.runOnContext(_ -> vertx.deployVerticle(monitor).onComplete(deployed)));
    }

    /**
     * Stops watching one cluster and forgets it: who asks for its servers and settings again gets another one. Logins that
     * wait for its first checks fail; others go on, by what was known last. Nothing happens to one that is forgotten
     * already.
     */
    public synchronized Future<Void> close(Cluster cluster) {
        if (!clusters.values().remove(cluster)) {
            return Future.succeededFuture();
        }
        cluster.readiness().close(Cluster.CLOSED);
        Future<String> monitor = monitors.remove(cluster);
        return monitor == null ? Future.succeededFuture() : monitor.compose(this::undeploy);
    }

    /** Stops watching; logins that wait for the first checks fail. Once is enough. */
    public synchronized Future<Void> close() {
        phase = Phase.CLOSED;
        clusters.values().forEach(cluster -> cluster.readiness().close(Cluster.CLOSED));
        listing.ifPresent(MessageConsumer::unregister);
        List<Future<Void>> stopped = monitors.values().stream().map(monitor -> monitor.compose(this::undeploy))
                .toList();
        monitors.clear();
        return Future.join(stopped).mapEmpty();
    }

    /** It may be gone already, with all others. */
    private Future<Void> undeploy(String monitor) {
        return vertx.deploymentIDs().contains(monitor) ? vertx.undeploy(monitor) : Future.succeededFuture();
    }
}
