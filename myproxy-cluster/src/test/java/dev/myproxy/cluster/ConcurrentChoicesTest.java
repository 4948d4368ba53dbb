package dev.myproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Sessions on several threads choose, fail and succeed while checks change the states. */
class ConcurrentChoicesTest {

    private static final int NODES = 5;
    private static final int LOGINS = 4_000;
    private static final NodeState[] FOUND = {NodeState.ALIVE, NodeState.DEAD, NodeState.READ_ONLY,
            NodeState.OVERLOADED, NodeState.AUTH_FAILED};

    private final NodeTable nodes = new NodeTable(new Rendezvous(TestNodes.nodes(NODES), _ -> 1), Optional.empty(),
            Moment::now);

    @Test
    void everyLoginMeetsEveryNodeOnceWhateverHappens() throws Exception {
        List<Future<?>> threads = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int seed = 0; seed < 3; seed++) {
                SplittableRandom dice = new SplittableRandom(seed);
                threads.add(pool.submit(() -> logIn(dice)));
            }
            threads.add(pool.submit(() -> check(new SplittableRandom(3))));
        }
        for (Future<?> thread : threads) {
            // throws what a thread failed with
            assertThat(thread.get()).isNull();
        }
        // and afterwards nothing is left over
        for (int node = 0; node < NODES; node++) {
            nodes.checked(node, ScriptedProbe.result(NodeState.ALIVE));
        }
        assertThat(nodes.statuses()).noneMatch(NodeStatus::suspect).extracting(NodeStatus::state)
                .containsOnly(NodeState.ALIVE);
    }

    private void logIn(SplittableRandom dice) {
        for (int i = 0; i < LOGINS; i++) {
            ClusterCandidates candidates = new ClusterCandidates(nodes,
                    nodes.rendezvous().order(ByteString.of("account" + i)), dice.nextInt(2) == 0, false);
            List<Address> given = new ArrayList<>();
            for (Optional<Address> next = candidates.next(); next.isPresent(); next = candidates.next()) {
                given.add(next.get());
                switch (dice.nextInt(3)) {
                    case 0 -> candidates.reached();
                    case 1 -> candidates.overloaded("Too many connections");
                    default -> candidates.failed("Connection refused");
                }
            }
            assertThat(given).hasSize(NODES).doesNotHaveDuplicates();
        }
    }

    private void check(SplittableRandom dice) {
        for (int i = 0; i < LOGINS; i++) {
            nodes.checked(dice.nextInt(NODES), ScriptedProbe.result(FOUND[dice.nextInt(FOUND.length)]));
        }
    }
}
