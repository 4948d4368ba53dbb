package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.AUTH_FAILED;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    @Test
    void writersLeaveANodeThatIsWorseThanAnother() {
        assertThat(writers(0, DEAD, ALIVE)).containsExactly(0);
        assertThat(writers(0, READ_ONLY, ALIVE)).containsExactly(0);
        assertThat(writers(0, AUTH_FAILED, READ_ONLY)).containsExactly(0);
        // only the one that was checked
        assertThat(writers(0, DEAD, ALIVE, DEAD)).containsExactly(0);
    }

    @Test
    void writersLeaveAllNodesThatAreWorseThanTheBest() {
        assertThat(writers(1, DEAD, ALIVE, READ_ONLY, ALIVE, UNKNOWN)).containsExactlyInAnyOrder(0, 2, 4);
        assertThat(writers(1, DEAD, READ_ONLY, READ_ONLY)).containsExactly(0);
    }

    @Test
    void nobodyLeavesIfThereIsNothingBetter() {
        assertThat(writers(0, DEAD, DEAD)).isEmpty();
        assertThat(writers(0, ALIVE, ALIVE)).isEmpty();
        assertThat(writers(0, DEAD)).isEmpty();
        assertThat(readers(DEAD, DEAD, AUTH_FAILED)).isEmpty();
    }

    @Test
    void whoIsAtAFullNodeStays() {
        assertThat(writers(0, OVERLOADED, ALIVE)).isEmpty();
        assertThat(writers(1, OVERLOADED, ALIVE)).isEmpty();
        assertThat(writers(0, OVERLOADED, READ_ONLY)).containsExactly(1);
        assertThat(writers(1, OVERLOADED, READ_ONLY)).containsExactly(1);
        assertThat(readers(OVERLOADED, ALIVE)).isEmpty();
    }

    @Test
    void readersLeaveDeadNodesWhileAnotherWorks() {
        assertThat(readers(DEAD, READ_ONLY, ALIVE, AUTH_FAILED, DEAD)).containsExactlyInAnyOrder(0, 4);
        assertThat(readers(DEAD, OVERLOADED)).containsExactly(0);
    }

    private static Set<Integer> writers(int checked, NodeState... states) {
        List<NodeStatus> nodes = nodes(states);
        return numbers(nodes, Departures.ofWriters(nodes, nodes.get(checked).address()));
    }

    private static Set<Integer> readers(NodeState... states) {
        List<NodeStatus> nodes = nodes(states);
        return numbers(nodes, Departures.ofReaders(nodes));
    }

    private static Set<Integer> numbers(List<NodeStatus> nodes, Set<Address> left) {
        return IntStream.range(0, nodes.size()).boxed().filter(i -> left.contains(nodes.get(i).address()))
                .collect(Collectors.toSet());
    }

    private static List<NodeStatus> nodes(NodeState... states) {
        List<NodeStatus> nodes = new ArrayList<>();
        for (NodeState state : states) {
            nodes.add(new NodeStatus(TestNodes.address("10.0.0." + (1 + nodes.size())), state, false, 1, "",
                    Instant.EPOCH, Optional.empty(), Optional.empty()));
        }
        return nodes;
    }
}
