package dev.myproxy.cluster;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/** The order of a cluster's nodes for one account. Hashes as late as it can, and once. Not for several threads. */
final class AccountOrder {

    private final Rendezvous rendezvous;
    private final byte[] account;
    private final Blake2b blake = Node.hash();
    private final long[] hashes;
    private final BitSet hashed;

    AccountOrder(Rendezvous rendezvous, byte[] account) {
        this.rendezvous = rendezvous;
        this.account = account;
        this.hashes = new long[rendezvous.nodes().size()];
        this.hashed = new BitSet(hashes.length);
    }

    /**
     * The account's first node among those with the highest rank.
     *
     * @param rank by a node's number; negative if it is out of the question
     * @return the number of the node; negative if all are out of the question
     */
    int first(IntUnaryOperator rank) {
        int best = -1;
        int bestRank = 0;
        for (int i = 0; i < hashes.length; i++) {
            int ranked = rank.applyAsInt(i);
            if (ranked >= bestRank && (best < 0 || ranked > bestRank || isBefore(i, best))) {
                best = i;
                bestRank = ranked;
            }
        }
        return best;
    }

    private boolean isBefore(int a, int b) {
        if (rendezvous.isWeighted()) {
            int times = Double.compare(rendezvous.hostTime(a, hash(a)), rendezvous.hostTime(b, hash(b)));
            if (times != 0) {
                return times < 0;
            }
        }
        if (hash(a) != hash(b)) {
            return Long.compareUnsigned(hash(a), hash(b)) < 0;
        }
        long portA = rendezvous.nodes().get(a).hashWithPort(blake, account);
        long portB = rendezvous.nodes().get(b).hashWithPort(blake, account);
        int times = Double.compare(rendezvous.nodeTime(a, portA), rendezvous.nodeTime(b, portB));
        return times != 0 ? times < 0 : Long.compareUnsigned(portA, portB) < 0;
    }

    private long hash(int node) {
        if (!hashed.get(node)) {
            hashed.set(node);
            hashes[node] = rendezvous.nodes().get(node).hash(blake, account);
        }
        return hashes[node];
    }
}
