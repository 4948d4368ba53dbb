package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which nodes sessions are to leave after a check, when a cluster disconnects those at nodes that are not fit. Pure. */
final class Departures {

    private Departures() {}

    /**
     * The nodes that sessions leave which do not prefer read-only ones: the checked node if another one is better, or else
     * all that are worse than it. A node that takes no more connections is as good as one that does: who is there can stay.
     *
     * @param nodes   all of the cluster
     * @param checked the address of the one that was checked
     */
    static Set<Address> ofWriters(List<NodeStatus> nodes, Address checked) {
        Optional<NodeState> found = nodes.stream().filter(node -> node.address().equals(checked)).findFirst()
                .map(node -> fitness(node.state()));
        if (found.isEmpty()) {
            return Set.of();
        }
        NodeState state = found.get();
        boolean better = nodes.stream().anyMatch(node -> fitness(node.state()).isBetterThan(state));
        return better ? Set.of(checked) : addresses(nodes, node -> state.isBetterThan(fitness(node.state())));
    }

    /** The nodes that sessions leave which prefer read-only ones: the dead ones, while another one works. */
    static Set<Address> ofReaders(List<NodeStatus> nodes) {
        return nodes.stream().anyMatch(node -> node.state().isWorking())
                ? addresses(nodes, node -> node.state() == NodeState.DEAD)
                : Set.of();
    }

    private static NodeState fitness(NodeState state) {
        return state == NodeState.OVERLOADED ? NodeState.ALIVE : state;
    }

    private static Set<Address> addresses(List<NodeStatus> nodes, Predicate<NodeStatus> which) {
        return nodes.stream().filter(which).map(NodeStatus::address).collect(Collectors.toUnmodifiableSet());
    }
}
