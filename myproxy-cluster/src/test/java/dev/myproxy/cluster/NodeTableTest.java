package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NodeTableTest {

    private static final Duration SHORT = Duration.ofMinutes(5);

    private final AtomicLong seconds = new AtomicLong(1_000);

    @Test
    void aPromotionIsAwaitedForAWhileAfterTheLastNodeThatTookWrites() {
        NodeTable nodes = nodes(ALIVE, READ_ONLY);
        assertThat(nodes.awaitsPromotion(SHORT)).isFalse();
        seconds.addAndGet(10_000);
        nodes.checked(0, ScriptedProbe.result(DEAD));
        assertThat(nodes.awaitsPromotion(SHORT)).isTrue();
        seconds.addAndGet(299);
        assertThat(nodes.awaitsPromotion(SHORT)).isTrue();
        seconds.addAndGet(1);
        assertThat(nodes.awaitsPromotion(SHORT)).isFalse();
        // and again after each change
        nodes.checked(0, ScriptedProbe.result(READ_ONLY));
        assertThat(nodes.awaitsPromotion(SHORT)).isTrue();
        nodes.checked(1, ScriptedProbe.result(ALIVE));
        assertThat(nodes.awaitsPromotion(SHORT)).isFalse();
    }

    @Test
    void aPrimaryThatIsFullIsOne() {
        NodeTable nodes = nodes(ALIVE, READ_ONLY);
        nodes.checked(0, ScriptedProbe.result(OVERLOADED));
        assertThat(nodes.awaitsPromotion(SHORT)).isFalse();
        nodes.checked(1, ScriptedProbe.result(OVERLOADED));
        nodes.checked(0, ScriptedProbe.result(DEAD));
        assertThat(nodes.awaitsPromotion(SHORT)).isTrue();
    }

    private NodeTable nodes(NodeState... states) {
        NodeTable nodes = new NodeTable(new Rendezvous(TestNodes.nodes(states.length), _ -> 1), Optional.empty(),
                () -> new Moment(Instant.ofEpochSecond(seconds.get()), TimeUnit.SECONDS.toNanos(seconds.get())));
        for (int i = 0; i < states.length; i++) {
            nodes.checked(i, ScriptedProbe.result(states[i]));
        }
        return nodes;
    }
}
