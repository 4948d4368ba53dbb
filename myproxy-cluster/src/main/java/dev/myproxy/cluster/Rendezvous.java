package dev.myproxy.cluster;

import dev.myproxy.protocol.ByteString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The choice of a node for an account by rendezvous hashing: every account has an order of the nodes of its own, and gets
 * the first of those in the best state. A node that leaves takes only its own accounts with it, and they spread over all
 * others.
 *
 * <p>Nodes with greater weights come first more often: the hashes are turned into waiting times whose mean is one over the
 * weight, and the shortest wins. So each gets a share in proportion to its weight, and a node whose weight changes wins
 * or loses accounts without any moving between others. With equal weights that is the order of the hashes alone.
 *
 * <p>Nodes with the same IP address and different ports share what one node with their mean weight would get, in
 * proportion to their weights.
 *
 * <p>Immutable.
 */
final class Rendezvous {

    private final List<Node> nodes;
    private final double[] weights;
    private final double[] hostWeights;
    private final boolean weighted;

    /**
     * @param nodes  at least one
     * @param weight of a node, 0 or more
     */
    Rendezvous(List<Node> nodes, ToDoubleFunction<Node> weight) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a cluster without nodes");
        }
        this.nodes = List.copyOf(nodes);
        this.weights = nodes.stream().mapToDouble(weight).toArray();
        this.weighted = Arrays.stream(weights).distinct().count() > 1;
        this.hostWeights = weighted ? hostWeights() : weights;
    }

    private double[] hostWeights() {
        Map<ByteBuffer, double[]> byHost = new HashMap<>();
        for (int i = 0; i < weights.length; i++) {
            double[] sum = byHost.computeIfAbsent(nodes.get(i).host(), _ -> new double[2]);
            sum[0] += weights[i];
            sum[1]++;
        }
        return nodes.stream().mapToDouble(node -> {
            double[] sum = byHost.getOrDefault(node.host(), new double[2]);
            return sum[0] / sum[1];
        }).toArray();
    }

    List<Node> nodes() {
        return nodes;
    }

    double weight(int node) {
        return weights[node];
    }

    /** The order of an account. */
    AccountOrder order(ByteString account) {
        return new AccountOrder(this, account.toByteArray());
    }

    boolean isWeighted() {
        return weighted;
    }

    /** How long a node's host takes with this hash. */
    double hostTime(int node, long hash) {
        return time(hash, hostWeights[node]);
    }

    /** How long a node takes among those of its host. */
    double nodeTime(int node, long hash) {
        return time(hash, weights[node]);
    }

    /** From a hash that is evenly spread to an exponentially distributed time; grows with the hash. */
    private static double time(long hash, double weight) {
        // the upper 53 bits are all that a double holds
        double even = (hash >>> 11) * 0x1p-53;
        return weight == 0 ? Double.POSITIVE_INFINITY : -Math.log1p(-even) / weight;
    }
}
