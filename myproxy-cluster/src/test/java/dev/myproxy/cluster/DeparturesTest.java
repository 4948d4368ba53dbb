package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.AUTH_FAILED;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    void writersLeaveAllNodesThatAreWorseThanTheOneThatBecameTheBest() {
        assertThat(writers(1, DEAD, ALIVE, READ_ONLY, ALIVE, UNKNOWN)).containsExactly(0, 2, 4);
        assertThat(writers(1, DEAD, READ_ONLY, READ_ONLY)).containsExactly(0);
    }

    @Test
    void theOthersAreCheckedThemselvesIfNothingChanged() {
        List<NodeStatus> nodes = nodes(DEAD, ALIVE);
        assertThat(Departures.ofWriters(nodes, nodes.get(1), false)).isEmpty();
        assertThat(Departures.ofReaders(nodes, nodes.get(1), false)).isEmpty();
        assertThat(Departures.ofWriters(nodes, nodes.get(0), false)).containsExactly(nodes.get(0));
        assertThat(Departures.ofReaders(nodes, nodes.get(0), false)).containsExactly(nodes.get(0));
    }

    @Test
    void nobodyLeavesIfThereIsNothingBetter() {
        assertThat(writers(0, DEAD, DEAD)).isEmpty();
        assertThat(writers(0, ALIVE, ALIVE)).isEmpty();
        assertThat(writers(0, DEAD)).isEmpty();
        assertThat(readers(0, DEAD, DEAD, AUTH_FAILED)).isEmpty();
        assertThat(readers(2, DEAD, DEAD, AUTH_FAILED)).isEmpty();
    }

    @Test
    void whoIsAtAFullNodeStays() {
        assertThat(writers(0, OVERLOADED, ALIVE)).isEmpty();
        assertThat(writers(1, OVERLOADED, ALIVE)).isEmpty();
        assertThat(writers(0, OVERLOADED, READ_ONLY)).containsExactly(1);
        assertThat(writers(1, OVERLOADED, READ_ONLY)).containsExactly(1);
        assertThat(readers(0, OVERLOADED, ALIVE)).isEmpty();
    }

    @Test
    void readersLeaveDeadNodesWhileAnotherWorks() {
        assertThat(readers(1, DEAD, READ_ONLY, ALIVE, AUTH_FAILED, DEAD)).containsExactly(0, 4);
        assertThat(readers(0, DEAD, READ_ONLY, DEAD)).containsExactly(0);
        assertThat(readers(1, DEAD, OVERLOADED)).containsExactly(0);
    }

    private static List<Integer> writers(int checked, NodeState... states) {
        List<NodeStatus> nodes = nodes(states);
        return Departures.ofWriters(nodes, nodes.get(checked), true).stream().map(nodes::indexOf).toList();
    }

    private static List<Integer> readers(int checked, NodeState... states) {
        List<NodeStatus> nodes = nodes(states);
        return Departures.ofReaders(nodes, nodes.get(checked), true).stream().map(nodes::indexOf).toList();
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
