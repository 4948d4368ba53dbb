package dev.myproxy.cluster;

import dev.myproxy.bus.LocalMessage;
import java.util.List;

/** The event-bus addresses of what happens to nodes. */
public final class ClusterBus {

    /** A {@link Changed} is published here whenever a node's state changes. */
    public static final String CHANGED = "myproxy.cluster.changed";

    /** A {@link Checked} is published here after every check. */
    public static final String CHECKED = "myproxy.cluster.checked";

    /** Takes a message without body; answers with a {@link Listing}. Nobody listens if there is no {@link Clusters}. */
    public static final String LIST = "myproxy.cluster.list";

    private ClusterBus() {}

    /**
     * A node came into another state.
     *
     * @param cluster whose node
     * @param from    the state before
     * @param node    as it is now
     */
    public record Changed(Cluster cluster, NodeState from, NodeStatus node) implements LocalMessage {}

    /**
     * A node was checked.
     *
     * @param cluster whose node
     * @param node    as it is now
     */
    public record Checked(Cluster cluster, NodeStatus node) implements LocalMessage {}

    /** All clusters of the daemon, in the order in which they were made. */
    public record Listing(List<Cluster> clusters) implements LocalMessage {}
}
