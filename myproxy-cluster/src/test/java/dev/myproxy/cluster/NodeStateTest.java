package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.AUTH_FAILED;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeStateTest {

    @Test
    void ranksFromDeadToAlive() {
        assertThat(Stream.of(NodeState.values()).sorted(Comparator.comparingInt(state -> state.rank(false))))
                .containsExactly(DEAD, AUTH_FAILED, UNKNOWN, READ_ONLY, OVERLOADED, ALIVE);
        assertThat(READ_ONLY.isBetterThan(UNKNOWN)).isTrue();
        assertThat(READ_ONLY.isBetterThan(READ_ONLY)).isFalse();
    }

    @Test
    void readersPreferNodesThatTakeNoWrites() {
        assertThat(Stream.of(NodeState.values()).sorted(Comparator.comparingInt(state -> state.rank(true))))
                .containsExactly(DEAD, AUTH_FAILED, UNKNOWN, OVERLOADED, ALIVE, READ_ONLY);
    }
}
