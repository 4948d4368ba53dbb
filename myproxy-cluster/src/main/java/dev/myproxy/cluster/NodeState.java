package dev.myproxy.cluster;

/** How fit a node is to be connected to, from worst to best. */
public enum NodeState {

    /** Not reachable, or no working server. */
    DEAD(0, "dead"),

    /** Works, but refuses the login of the health check. */
    AUTH_FAILED(1, "auth_failed"),

    /** Not checked, or not yet. */
    UNKNOWN(2, "unknown"),

    /** Works, but takes no writes. */
    READ_ONLY(3, "read_only"),

    /** Works, but takes no more connections for now. */
    OVERLOADED(4, "overloaded"),

    ALIVE(5, "alive");

    private static final int BEST = 6;

    private final int rank;
    private final String label;

    NodeState(int rank, String label) {
        this.rank = rank;
        this.label = label;
    }

    /** The name in metrics and logs. */
    public String label() {
        return label;
    }

    /** Whether this state is better than another one. */
    public boolean isBetterThan(NodeState other) {
        return rank > other.rank;
    }

    /** Whether a check found a working server. */
    public boolean isWorking() {
        return rank >= READ_ONLY.rank;
    }

    /**
     * The rank of a node in this state: the higher, the better.
     *
     * @param readOnly whether a node that takes no writes is preferred, so that the others are spared
     */
    int rank(boolean readOnly) {
        return readOnly && this == READ_ONLY ? BEST : rank;
    }
}
