package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.ClusterSettings.Monitoring;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.ServerLink;
import dev.myproxy.script.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Servers among which accounts are spread. Made by {@link Clusters}. Safe to use from every thread.
 *
 * <p>A login gets the account's servers in the order of their states, and in the account's own order within a state. If the
 * nodes are watched, it first waits until one is alive or all have been checked. A server that a login could not connect to
 * is suspect at once: it comes behind the others in its state, and is checked.
 *
 * <p>If the checks ask which nodes take writes ({@link CheckSettings#tellsWrites()}), a login that does not prefer a read-only
 * server and has tried one that takes writes does not go on to one that takes none: that would surprise its client more
 * than an error.
 */
public final class Cluster implements Upstream {

    /** What logins are told that wait while the daemon stops. */
    static final String CLOSED = "No server of the cluster is ready, and its servers are not watched any more";

    private static final int NAMED_IN_MESSAGES = 5;

    private final ClusterSettings settings;
    private final NodeTable nodes;
    private final Readiness readiness;

    /**
     * @param servers at least one; those that are named twice count once
     */
    Cluster(Vertx vertx, List<Address> servers, ClusterSettings settings, Supplier<Moment> clock) {
        this.settings = settings;
        settings.weights().keySet().stream().filter(address -> !servers.contains(address)).findFirst()
                .ifPresent(address -> {
                    throw new IllegalArgumentException("a weight for " + address + ", which is not in the cluster");
                });
        this.nodes = new NodeTable(
                new Rendezvous(servers.stream().distinct().map(Node::new).toList(),
                        node -> settings.weights().getOrDefault(node.address(), 1.0)),
                settings.monitoring(), clock);
        this.readiness = new Readiness(vertx,
                settings.monitoring().map(Monitoring::readyTimeout).orElse(Monitoring.DEFAULT_READY_TIMEOUT),
                () -> settings.monitoring().isEmpty() || nodes.isReady(), this::waitingFor);
    }

    /** What people call it: its name or else its first server and the number of the others. Not unique. */
    public String name() {
        return settings.name().orElseGet(() -> nodes.address(0)
                + (nodes.size() > 1 ? " +" + (nodes.size() - 1) : ""));
    }

    public ClusterSettings settings() {
        return settings;
    }

    /** What is known of each node, in their order. */
    public List<NodeStatus> nodes() {
        return nodes.statuses();
    }

    /** What is known of a node; empty if that is none of this cluster's. */
    public Optional<NodeStatus> state(Address address) {
        return nodes.statuses().stream().filter(node -> node.address().equals(address)).findFirst();
    }

    /**
     * The servers for an account. Fails with {@link NotReadyException}; completes on any thread.
     */
    @Override
    public Future<Candidates> candidates(ByteString account, boolean readOnly) {
        return readiness.await().map(_ -> new ClusterCandidates(nodes, nodes.rendezvous().order(account), readOnly,
                settings.monitoring().map(watch -> watch.check().tellsWrites()).orElse(false)));
    }

    /**
     * Takes a server's state from somebody who plays the servers, as in tests of policies, in the place of a check. Decides
     * at once, whatever the counts in the settings say.
     *
     * @return the change, which nobody else is told of; empty if the server was in that state, or is none of this cluster's
     */
    public Optional<ClusterBus.Changed> declare(Address address, CheckResult result) {
        return IntStream.range(0, nodes.size()).filter(node -> nodes.address(node).equals(address)).boxed().findFirst()
                .map(node -> nodes.declared(node, result)).filter(change -> {
                    readiness.update();
                    return change.isChange();
                }).map(change -> new ClusterBus.Changed(this, change.from(), change.now()));
    }

    @Override
    public ServerLink link() {
        return settings.link();
    }

    NodeTable table() {
        return nodes;
    }

    Readiness readiness() {
        return readiness;
    }

    private String waitingFor() {
        int[] unchecked = nodes.unchecked().toArray();
        String names = nodes.unchecked().limit(NAMED_IN_MESSAGES)
                .mapToObj(node -> nodes.address(node).toString()).collect(Collectors.joining(", "));
        int more = unchecked.length - NAMED_IN_MESSAGES;
        return "No server of the cluster is ready: waiting for the first check of " + names
                + (more > 0 ? " and " + more + " more" : "");
    }

    @Override
    public String toString() {
        return name();
    }
}
