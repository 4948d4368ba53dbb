package dev.myproxy.cluster;

import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.function.Function;

/**
 * The choice of a node for an account by rendezvous hashing: every account has an order of the nodes of its own, and gets
 * the first of those in the best state. A node that leaves takes only its own accounts with it, and they spread over all
 * others.
 */
public final class Rendezvous {

    private Rendezvous() {}

    /**
     * Chooses a node. If all are dead, that is a dead one: it may have come back.
     *
     * @param nodes    at least one
     * @param state    of a node
     * @param account  may be empty
     * @param readOnly whether a node that takes no writes is preferred
     */
    public static Node choose(List<Node> nodes, Function<Node, NodeState> state, ByteString account, boolean readOnly) {
        Candidate best = null;
        for (Node node : nodes) {
            int rank = state.apply(node).rank(readOnly);
            if (best == null || rank >= best.rank) {
                Candidate candidate = new Candidate(node, rank, node.hash(account));
                best = best == null || candidate.isBetterThan(best, account) ? candidate : best;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("a cluster without nodes");
        }
        return best.node;
    }

    private record Candidate(Node node, int rank, long hash) {

        boolean isBetterThan(Candidate other, ByteString account) {
            if (rank != other.rank) {
                return rank > other.rank;
            }
            if (hash != other.hash) {
                return Long.compareUnsigned(hash, other.hash) < 0;
            }
            return Long.compareUnsigned(node.hashWithPort(account), other.node.hashWithPort(account)) < 0;
        }
    }
}
