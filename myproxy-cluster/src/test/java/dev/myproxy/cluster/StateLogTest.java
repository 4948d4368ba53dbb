package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class StateLogTest {

    private final NodeStatus node = new NodeStatus(TestNodes.address("10.0.0.1:3307"), DEAD, false, 1,
            "Connection refused", Instant.EPOCH, Optional.empty(), Optional.empty());

    @Test
    void saysWhichNodeChangedAndWhy() {
        assertThat(new StateLog(Optional.empty()).line(ALIVE, node))
                .isEqualTo("[check/10.0.0.1:3307] Connection refused (alive -> dead)");
    }

    @Test
    void namesTheClusterIfItHasAName() {
        assertThat(new StateLog(Optional.of("shop\n")).line(ALIVE, node))
                .isEqualTo("[check/10.0.0.1:3307] Connection refused (alive -> dead, cluster shop)");
    }

    @Test
    void summarizesAFewNodes() {
        assertThat(StateLog.summary(List.of(node))).isEqualTo("10.0.0.1:3307 is dead (Connection refused)");
        NodeStatus unknown = new NodeStatus(node.address(), UNKNOWN, false, 1, "", Instant.EPOCH, Optional.empty(),
                Optional.empty());
        assertThat(StateLog.summary(List.of(unknown, unknown, unknown, node))).isEqualTo(
                "10.0.0.1:3307 is unknown, 10.0.0.1:3307 is unknown, 10.0.0.1:3307 is unknown, …");
    }

    @Test
    void warnsOfWhatGetsWorse() {
        assertThat(StateLog.level(UNKNOWN, DEAD)).isEqualTo(Level.WARN);
        assertThat(StateLog.level(ALIVE, READ_ONLY)).isEqualTo(Level.WARN);
        assertThat(StateLog.level(ALIVE, OVERLOADED)).isEqualTo(Level.WARN);
        assertThat(StateLog.level(UNKNOWN, READ_ONLY)).isEqualTo(Level.INFO);
        assertThat(StateLog.level(DEAD, ALIVE)).isEqualTo(Level.INFO);
    }
}
