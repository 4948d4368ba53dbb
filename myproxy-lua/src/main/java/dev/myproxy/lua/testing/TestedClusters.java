package dev.myproxy.lua.testing;

import dev.myproxy.address.Address;
import dev.myproxy.cluster.CheckResult;
import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterBus;
import dev.myproxy.cluster.ClusterSettings;
import dev.myproxy.cluster.Clusters;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.cluster.NodeStatus;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.lib.cluster.ClusterSource;
import dev.myproxy.text.Nearest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The clusters of a policy that is tested: nothing is checked; all watched nodes are alive until the test says otherwise. */
final class TestedClusters implements ClusterSource {

    private static final CheckResult ALIVE = result(NodeState.ALIVE, "ok");

    private final Vertx vertx;
    private final Clusters clusters;

    TestedClusters(Vertx vertx) {
        this.vertx = vertx;
        this.clusters = new Clusters(vertx, _ -> _ -> Future.succeededFuture(ALIVE));
    }

    @Override
    public Cluster open(List<Address> servers, ClusterSettings settings) {
        Cluster cluster = clusters.of(servers, settings);
        if (settings.monitoring().isPresent()) {
            cluster.nodes().stream().filter(node -> node.state() == NodeState.UNKNOWN)
                    .forEach(node -> cluster.declare(node.address(), ALIVE));
        }
        return cluster;
    }

    @Override
    public void close(Cluster cluster) {
        clusters.close(cluster);
    }

    /**
     * Says how a node is from now on, in all clusters that have it.
     *
     * @param label of a state
     * @throws LuaError says what is wrong
     */
    void set(Address address, String label, String reason) {
        CheckResult result = result(state(label), reason);
        List<Cluster> watched = clusters.list().stream()
                .filter(cluster -> cluster.settings().monitoring().isPresent()).toList();
        List<Cluster> concerned = watched.stream().filter(cluster -> cluster.state(address).isPresent()).toList();
        if (concerned.isEmpty()) {
            List<String> known = watched.stream().flatMap(cluster -> cluster.nodes().stream())
                    .map(NodeStatus::address).map(Address::toString).distinct().toList();
            throw LuaError.plain("no cluster of the policy watches " + address
                    + (known.isEmpty() ? "" : "; watched are " + String.join(", ", known)));
        }
        concerned.stream().map(cluster -> cluster.declare(address, result)).flatMap(Optional::stream)
                .forEach(change -> vertx.eventBus().publish(ClusterBus.CHANGED, change));
    }

    private static NodeState state(String label) {
        List<String> known = Stream.of(NodeState.values()).filter(state -> state != NodeState.UNKNOWN)
                .map(NodeState::label).toList();
        return Stream.of(NodeState.values()).filter(state -> known.contains(label) && state.label().equals(label))
                .findFirst().orElseThrow(() -> LuaError.plain("a check finds no state \"" + label + "\""
                        + Nearest.hint(label, known) + " (known: " + String.join(", ", known) + ")"));
    }

    private static CheckResult result(NodeState state, String reason) {
        return new CheckResult(state, reason, Duration.ZERO, Optional.empty());
    }
}
