package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.script.Candidates;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The nodes that one login may try: each time the account's first among those in the best state that it has not tried, as
 * the states are then. Used by one login, on its event loop.
 *
 * <p>If checks watch whether nodes take writes, a session that wants to write and was given a node that does is not given
 * another one of which that isn't known: the next login finds the cluster as it is then.
 */
final class ClusterCandidates implements Candidates {

    private static final int OUT_OF_THE_QUESTION = -1;

    private final NodeTable nodes;
    private final AccountOrder order;
    private final boolean readOnly;
    private final boolean writesWatched;
    private final BitSet tried;
    private int current;
    private boolean mustWrite;

    /**
     * @param readOnly      whether the session prefers a node that takes no writes
     * @param writesWatched whether checks tell which nodes these are
     */
    ClusterCandidates(NodeTable nodes, AccountOrder order, boolean readOnly, boolean writesWatched) {
        this.nodes = nodes;
        this.order = order;
        this.readOnly = readOnly;
        this.writesWatched = writesWatched;
        this.tried = new BitSet(nodes.size());
    }

    @Override
    public Optional<Address> next() {
        int node = order.first(this::rank);
        if (node < 0) {
            return Optional.empty();
        }
        current = node;
        tried.set(node);
        mustWrite |= writesWatched && !readOnly && nodes.health(node).isWritable();
        return Optional.of(nodes.address(node));
    }

    private int rank(int node) {
        if (tried.get(node) || (mustWrite && !nodes.health(node).isWritable())) {
            return OUT_OF_THE_QUESTION;
        }
        return nodes.rank(node, readOnly);
    }

    /** Dead ones count only if there are no others, which are then to have their time. */
    @Override
    public int left() {
        int[] left = IntStream.range(0, nodes.size()).filter(node -> rank(node) != OUT_OF_THE_QUESTION).toArray();
        long fit = IntStream.of(left).filter(node -> nodes.health(node).state() != NodeState.DEAD).count();
        return fit > 0 ? (int) fit : left.length;
    }

    @Override
    public void overloaded(String reason) {
        nodes.overloaded(current, reason);
    }

    @Override
    public void failed(String reason) {
        nodes.failed(current, reason);
    }

    @Override
    public void reached() {
        nodes.reached(current);
    }
}
