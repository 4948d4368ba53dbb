package dev.myproxy.cluster;

import java.util.List;

/**
 * Which nodes sessions are to leave after a check, when a cluster disconnects those at nodes that are not fit. Pure.
 *
 * <p>Every check of a node that is not fit says so, for the sessions that came there since. The check of a node that is
 * as good as any speaks for the others only if its state has just changed, since they are checked too.
 */
final class Departures {

    private Departures() {}

    /**
     * The nodes that sessions leave which do not prefer read-only ones: the checked node if another one is better, or else
     * all that are worse than it. A node that takes no more connections is as good as one that does: who is there can stay.
     *
     * @param nodes   all of the cluster
     * @param checked the one that was checked
     * @param changed whether its state has changed
     */
    static List<NodeStatus> ofWriters(List<NodeStatus> nodes, NodeStatus checked, boolean changed) {
        NodeState state = fitness(checked.state());
        if (nodes.stream().anyMatch(node -> fitness(node.state()).isBetterThan(state))) {
            return List.of(checked);
        }
        return changed
                ? nodes.stream().filter(node -> state.isBetterThan(fitness(node.state()))).toList()
                : List.of();
    }

    /**
     * The nodes that sessions leave which prefer read-only ones: the checked node if it is dead and another one works, or
     * all dead ones if it works.
     *
     * @param nodes   all of the cluster
     * @param checked the one that was checked
     * @param changed whether its state has changed
     */
    static List<NodeStatus> ofReaders(List<NodeStatus> nodes, NodeStatus checked, boolean changed) {
        if (checked.state() == NodeState.DEAD) {
            return nodes.stream().anyMatch(node -> node.state().isWorking()) ? List.of(checked) : List.of();
        }
        return changed && checked.state().isWorking()
                ? nodes.stream().filter(node -> node.state() == NodeState.DEAD).toList()
                : List.of();
    }

    private static NodeState fitness(NodeState state) {
        return state == NodeState.OVERLOADED ? NodeState.ALIVE : state;
    }
}
