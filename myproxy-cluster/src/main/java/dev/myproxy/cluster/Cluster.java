package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.Upstream;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Servers among which accounts are spread. Safe to use from every thread. */
public final class Cluster implements Upstream {

    private final List<Node> nodes;
    private final ClusterSettings settings;

    /**
     * @param servers at least one; their order decides where nothing else does
     */
    public Cluster(List<Address> servers, ClusterSettings settings) {
        this.nodes = servers.stream().map(Node::new).toList();
        this.settings = settings;
    }

    public ClusterSettings settings() {
        return settings;
    }

    /** What is known of each node, in their order. */
    public List<NodeStatus> nodes() {
        return nodes.stream().map(node -> new NodeStatus(node.address(), NodeState.UNKNOWN,
                settings.weights().getOrDefault(node.address(), 1.0), "", Instant.EPOCH, Optional.empty(),
                Optional.empty())).toList();
    }

    @Override
    public Future<Candidates> candidates(ByteString account, boolean readOnly) {
        Node best = Rendezvous.choose(nodes, _ -> NodeState.UNKNOWN, account, readOnly);
        return Future.succeededFuture(Candidates.of(best.address()));
    }
}
