package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.AUTH_FAILED;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterCandidatesTest {

    private final AtomicLong seconds = new AtomicLong();
    private final List<Integer> doubted = new ArrayList<>();

    @Test
    void givesEveryNodeOnceInTheOrderOfTheAccount() {
        NodeTable nodes = nodes(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
        List<Integer> joe = drain(nodes, candidates(nodes, "joe", false));
        assertThat(joe).containsExactlyInAnyOrder(0, 1, 2, 3);
        // the same again, and another one for somebody else
        assertThat(drain(nodes, candidates(nodes, "joe", false))).isEqualTo(joe);
        assertThat(IntStream.range(0, 10).mapToObj(i -> drain(nodes, candidates(nodes, "joe" + i, false))))
                .anySatisfy(other -> assertThat(other).isNotEqualTo(joe));
    }

    @Test
    void theBestStateComesFirst() {
        NodeTable nodes = nodes(DEAD, ALIVE, UNKNOWN, READ_ONLY, AUTH_FAILED, OVERLOADED);
        for (int i = 0; i < 20; i++) {
            assertThat(drain(nodes, candidates(nodes, "a" + i, false))).containsExactly(1, 5, 3, 2, 4, 0);
            assertThat(drain(nodes, candidates(nodes, "a" + i, true))).containsExactly(3, 1, 5, 2, 4, 0);
        }
    }

    @Test
    void ifAllAreDeadTheAccountsOwnIsTriedAnyway() {
        NodeTable dead = nodes(DEAD, DEAD, DEAD);
        NodeTable alive = nodes(ALIVE, ALIVE, ALIVE);
        for (int i = 0; i < 20; i++) {
            assertThat(drain(dead, candidates(dead, "a" + i, false)))
                    .isEqualTo(drain(alive, candidates(alive, "a" + i, false)));
        }
    }

    @Test
    void looksAtTheStatesEachTime() {
        NodeTable nodes = nodes(ALIVE, READ_ONLY, READ_ONLY);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        assertThat(next(nodes, candidates)).isZero();
        // when one is promoted meanwhile
        nodes.checked(2, ScriptedProbe.result(ALIVE));
        assertThat(next(nodes, candidates)).isEqualTo(2);
        nodes.checked(1, ScriptedProbe.result(DEAD));
        assertThat(next(nodes, candidates)).isOne();
        assertThat(candidates.next()).isEmpty();
    }

    @Test
    void aFailedNodeComesBehindItsPeersAndBeforeWorseOnes() {
        NodeTable nodes = nodes(ALIVE, ALIVE, READ_ONLY);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        int first = next(nodes, candidates);
        candidates.failed("Connection refused");
        assertThat(doubted).containsExactly(first);
        int second = 1 - first;
        for (int i = 0; i < 20; i++) {
            assertThat(drain(nodes, candidates(nodes, "a" + i, false))).containsExactly(second, first, 2);
        }
        assertThat(nodes.status(first).suspect()).isTrue();
        assertThat(nodes.status(first).reason()).isEqualTo("Connection refused");
        assertThat(nodes.status(first).state()).isEqualTo(ALIVE);
    }

    @Test
    void aServerThatIsFullComesBehindItsPeers() {
        NodeTable nodes = nodes(ALIVE, ALIVE);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        int first = next(nodes, candidates);
        candidates.overloaded("Too many connections");
        assertThat(doubted).containsExactly(first);
        assertThat(drain(nodes, candidates(nodes, "joe", false))).containsExactly(1 - first, first);
    }

    @Test
    void aSuccessClearsTheSuspicion() {
        NodeTable nodes = nodes(UNKNOWN, UNKNOWN);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        int first = next(nodes, candidates);
        candidates.failed("Connection refused");
        assertThat(next(nodes, candidates(nodes, "joe", false))).isNotEqualTo(first);
        // when somebody reaches it after all
        ClusterCandidates later = candidates(nodes, "joe", false);
        later.next();
        assertThat(next(nodes, later)).isEqualTo(first);
        later.reached();
        assertThat(next(nodes, candidates(nodes, "joe", false))).isEqualTo(first);
    }

    @Test
    void aDeadNodeThatSomebodyReachesIsToBeChecked() {
        NodeTable nodes = nodes(DEAD, AUTH_FAILED);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        assertThat(next(nodes, candidates)).isOne();
        candidates.reached();
        assertThat(doubted).isEmpty();
        assertThat(next(nodes, candidates)).isZero();
        candidates.reached();
        assertThat(doubted).containsExactly(0);
        assertThat(nodes.status(0).state()).isEqualTo(DEAD);
    }

    @Test
    void withoutChecksTheSuspicionEndsAfterTenSeconds() {
        NodeTable nodes = nodes(UNKNOWN, UNKNOWN);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        int first = next(nodes, candidates);
        candidates.failed("Connection refused");
        seconds.set(9);
        assertThat(next(nodes, candidates(nodes, "joe", false))).isNotEqualTo(first);
        seconds.set(10);
        assertThat(next(nodes, candidates(nodes, "joe", false))).isEqualTo(first);
    }

    @Test
    void whoMustWriteIsNotSentOnToANodeThatMayTakeNoWrites() {
        NodeTable nodes = nodes(ALIVE, READ_ONLY, ALIVE, UNKNOWN, DEAD);
        ClusterCandidates writer = watching(nodes, false);
        List<Integer> tried = drain(nodes, writer);
        assertThat(tried).containsExactlyInAnyOrder(0, 2);
        // but readers are
        assertThat(drain(nodes, watching(nodes, true))).startsWith(1).hasSize(5);
        // and writers too, if no check knows who takes writes
        assertThat(drain(nodes, candidates(nodes, "joe", false))).hasSize(5);
    }

    @Test
    void whoMustWriteBeginsAtAReplicaIfThereIsNothingBetter() {
        NodeTable nodes = nodes(READ_ONLY, DEAD, READ_ONLY);
        assertThat(drain(nodes, watching(nodes, false))).hasSize(3).endsWith(1);
    }

    @Test
    void whoMustWriteMayGoOnToAPrimaryThatIsFullButNotToAFullReplica() {
        NodeTable nodes = nodes(ALIVE, ALIVE, READ_ONLY);
        nodes.checked(1, ScriptedProbe.result(OVERLOADED));
        nodes.checked(2, ScriptedProbe.result(OVERLOADED));
        assertThat(drain(nodes, watching(nodes, false))).containsExactly(0, 1);
    }

    @Test
    void countsTheOnesThatAreLeftAndNotDead() {
        NodeTable nodes = nodes(ALIVE, DEAD, UNKNOWN, READ_ONLY);
        ClusterCandidates anyone = candidates(nodes, "joe", false);
        assertThat(anyone.left()).isEqualTo(3);
        anyone.next();
        assertThat(anyone.left()).isEqualTo(2);
        ClusterCandidates writer = watching(nodes, false);
        writer.next();
        assertThat(writer.left()).isZero();
    }

    @Test
    void countsTheDeadOnesIfThereAreNoOthers() {
        NodeTable nodes = nodes(DEAD, DEAD, DEAD);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        assertThat(candidates.left()).isEqualTo(3);
        candidates.next();
        assertThat(candidates.left()).isEqualTo(2);
    }

    @Test
    void reasonsAreOneLine() {
        NodeTable nodes = nodes(ALIVE);
        ClusterCandidates candidates = candidates(nodes, "joe", false);
        candidates.next();
        candidates.failed("no\nforged \u0007 line");
        assertThat(nodes.status(0).reason()).isEqualTo("no forged \\x07 line");
    }

    private static List<Integer> drain(NodeTable nodes, ClusterCandidates candidates) {
        List<Integer> all = new ArrayList<>();
        for (Optional<Address> next = candidates.next(); next.isPresent(); next = candidates.next()) {
            all.add(number(nodes, next.get()));
        }
        return all;
    }

    private static int next(NodeTable nodes, ClusterCandidates candidates) {
        return number(nodes, candidates.next().orElseThrow());
    }

    private static int number(NodeTable nodes, Address address) {
        return nodes.statuses().stream().map(NodeStatus::address).toList().indexOf(address);
    }

    private static ClusterCandidates candidates(NodeTable nodes, String account, boolean readOnly) {
        return new ClusterCandidates(nodes, nodes.rendezvous().order(ByteString.of(account)), readOnly, false);
    }

    private static ClusterCandidates watching(NodeTable nodes, boolean readOnly) {
        return new ClusterCandidates(nodes, nodes.rendezvous().order(ByteString.of("joe")), readOnly, true);
    }

    private NodeTable nodes(NodeState... states) {
        NodeTable nodes = new NodeTable(new Rendezvous(TestNodes.nodes(states.length), _ -> 1), Optional.empty(),
                () -> new Moment(Instant.ofEpochSecond(seconds.get()), TimeUnit.SECONDS.toNanos(seconds.get())));
        for (int i = 0; i < states.length; i++) {
            if (states[i] != UNKNOWN) {
                nodes.checked(i, ScriptedProbe.result(states[i]));
            }
        }
        nodes.onDoubt(doubted::add);
        return nodes;
    }
}
