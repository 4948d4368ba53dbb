package dev.myproxy.cluster;

import static dev.myproxy.cluster.NodeState.ALIVE;
import static dev.myproxy.cluster.NodeState.AUTH_FAILED;
import static dev.myproxy.cluster.NodeState.DEAD;
import static dev.myproxy.cluster.NodeState.OVERLOADED;
import static dev.myproxy.cluster.NodeState.READ_ONLY;
import static dev.myproxy.cluster.NodeState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeHealthTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(value = NodeState.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void theFirstCheckDecidesAlone(NodeState found) {
        NodeHealth health = start().checked(result(found), 3, 3, at(1));
        assertThat(health.state()).isEqualTo(found);
        assertThat(health.since()).isEqualTo(at(1).time());
        assertThat(health.isChanging()).isFalse();
    }

    @Test
    void aNodeFallsAfterSoManyFailuresInARow() {
        NodeHealth alive = after(start(), 1, 3, ALIVE);
        assertThat(after(alive, 1, 3, DEAD, DEAD).state()).isEqualTo(ALIVE);
        assertThat(after(alive, 1, 3, DEAD, DEAD, ALIVE, DEAD, DEAD).state()).isEqualTo(ALIVE);
        assertThat(after(alive, 1, 3, DEAD, DEAD, DEAD).state()).isEqualTo(DEAD);
        assertThat(after(alive, 1, 3, DEAD, DEAD, AUTH_FAILED).state()).isEqualTo(AUTH_FAILED);
        assertThat(after(alive, 1, 1, DEAD).state()).isEqualTo(DEAD);
    }

    @Test
    void aNodeRisesAfterSoManySuccessesInARow() {
        NodeHealth dead = after(start(), 3, 1, DEAD);
        assertThat(after(dead, 3, 1, ALIVE, ALIVE).state()).isEqualTo(DEAD);
        assertThat(after(dead, 3, 1, ALIVE, ALIVE, DEAD, ALIVE, ALIVE).state()).isEqualTo(DEAD);
        assertThat(after(dead, 3, 1, ALIVE, READ_ONLY, READ_ONLY).state()).isEqualTo(READ_ONLY);
        assertThat(after(dead, 1, 1, ALIVE).state()).isEqualTo(ALIVE);
    }

    @Test
    void whatAServerSaysAboutItselfIsTrueAtOnce() {
        NodeHealth alive = after(start(), 3, 3, ALIVE);
        assertThat(after(alive, 3, 3, READ_ONLY).state()).isEqualTo(READ_ONLY);
        assertThat(after(alive, 3, 3, OVERLOADED).state()).isEqualTo(OVERLOADED);
        assertThat(after(alive, 3, 3, READ_ONLY, ALIVE).state()).isEqualTo(ALIVE);
        NodeHealth dead = after(start(), 3, 3, DEAD);
        assertThat(after(dead, 3, 3, AUTH_FAILED).state()).isEqualTo(AUTH_FAILED);
    }

    @Test
    void aFailedCheckThatDoesNotDecideMakesASuspect() {
        NodeHealth failing = after(start(), 1, 2, ALIVE, DEAD);
        assertThat(failing.state()).isEqualTo(ALIVE);
        assertThat(failing.reason()).isEqualTo("dead!");
        assertThat(failing.isChanging()).isTrue();
        assertThat(failing.isSuspect(LIMIT, at(1_000).nanos())).isTrue();
        assertThat(after(failing, 1, 2, ALIVE).isSuspect(LIMIT, at(1_000).nanos())).isFalse();
    }

    @Test
    void aDeadNodeThatIsRisingIsChangingButNoSuspect() {
        NodeHealth rising = after(start(), 2, 1, DEAD, ALIVE);
        assertThat(rising.isChanging()).isTrue();
        assertThat(rising.isSuspect(LIMIT, at(0).nanos())).isFalse();
    }

    @Test
    void failuresOfSessionsNeverKillANodeAlone() {
        NodeHealth health = after(start(), 1, 2, ALIVE);
        for (int i = 0; i < 50; i++) {
            health = health.suspect(1, "Connection refused", 2, at(i));
        }
        assertThat(health.state()).isEqualTo(ALIVE);
        assertThat(health.isSuspect(LIMIT, at(50).nanos())).isTrue();
        assertThat(health.isChanging()).isTrue();
    }

    @Test
    void failuresOfSessionsCountForFall() {
        NodeHealth alive = after(start(), 1, 3, ALIVE);
        NodeHealth once = alive.suspect(1, "Connection refused", 3, at(1));
        assertThat(after(once, 1, 3, DEAD).state()).isEqualTo(ALIVE);
        assertThat(after(once, 1, 3, DEAD, DEAD).state()).isEqualTo(DEAD);
        NodeHealth twice = once.suspect(1, "Connection refused", 3, at(2));
        assertThat(after(twice, 1, 3, DEAD).state()).isEqualTo(DEAD);
    }

    @Test
    void aServerThatIsFullIsSuspectButHasNotFailed() {
        NodeHealth full = after(start(), 1, 2, ALIVE).suspect(0, "Too many connections", 2, at(1));
        assertThat(full.isSuspect(LIMIT, at(2).nanos())).isTrue();
        assertThat(after(full, 1, 2, DEAD).state()).isEqualTo(ALIVE);
    }

    @Test
    void aGoodCheckOrASessionClearsASuspect() {
        NodeHealth suspect = after(start(), 1, 1, ALIVE).suspect(1, "Connection refused", 1, at(1));
        assertThat(after(suspect, 1, 1, ALIVE).isSuspect(LIMIT, at(1).nanos())).isFalse();
        assertThat(suspect.reached().isSuspect(LIMIT, at(1).nanos())).isFalse();
    }

    @Test
    void aGreetingDoesNotOutweighAFailingCheck() {
        // a replica that greets but is too far behind must fall all the same
        NodeHealth failing = after(start(), 1, 2, ALIVE, DEAD).suspect(1, "x", 2, at(1)).reached();
        assertThat(failing.isSuspect(LIMIT, at(1).nanos())).isTrue();
        assertThat(after(failing, 1, 2, DEAD).state()).isEqualTo(DEAD);
    }

    @Test
    void withoutChecksASuspicionEndsByItself() {
        NodeHealth suspect = start().suspect(1, "Connection refused", 1, at(100));
        assertThat(suspect.state()).isEqualTo(UNKNOWN);
        assertThat(suspect.isSuspect(LIMIT, at(109).nanos())).isTrue();
        assertThat(suspect.isSuspect(LIMIT, at(110).nanos())).isFalse();
        assertThat(suspect.suspect(1, "again", 1, at(105)).isSuspect(LIMIT, at(114).nanos())).isTrue();
    }

    @Test
    void aStormOfFailuresChangesNothingMoreThanOnceASecond() {
        NodeHealth suspect = start().suspect(1, "Connection refused", 1, new Moment(Instant.EPOCH, 0));
        assertThat(suspect.suspect(1, "Connection refused", 1, new Moment(Instant.EPOCH, 999_999_999)))
                .isSameAs(suspect);
        assertThat(suspect.suspect(1, "Connection refused", 1, at(1))).isNotEqualTo(suspect);
        // but every failure counts
        NodeHealth first = start().suspect(1, "x", 3, at(1));
        assertThat(first.suspect(1, "x", 3, at(1))).isNotEqualTo(first);
    }

    @Test
    void nodesThatAreKnownToFailAreNoSuspects() {
        for (NodeState state : new NodeState[]{DEAD, AUTH_FAILED}) {
            NodeHealth failed = after(start(), 1, 1, state);
            assertThat(failed.suspect(1, "Connection refused", 1, at(1))).isSameAs(failed);
        }
    }

    @Test
    void aNewReasonDoesNotMakeANewState() {
        NodeHealth dead = start().checked(new CheckResult(DEAD, "refused", Duration.ofMillis(3), Optional.empty()), 1,
                1, at(1));
        NodeHealth still = dead.checked(new CheckResult(DEAD, "timed out", Duration.ofMillis(4), Optional.empty()), 1,
                1, at(2));
        assertThat(still.since()).isEqualTo(at(1).time());
        assertThat(still.reason()).isEqualTo("timed out");
        assertThat(still.checkTook()).contains(Duration.ofMillis(4));
    }

    @Test
    void keepsTheLagOfTheLastCheck() {
        NodeHealth lagging = start().checked(
                new CheckResult(READ_ONLY, "read only", Duration.ZERO, Optional.of(Duration.ofSeconds(7))), 1, 1,
                at(1));
        assertThat(lagging.lag()).contains(Duration.ofSeconds(7));
        assertThat(after(lagging, 1, 1, DEAD).lag()).isEmpty();
    }

    @Test
    void ranksSuspectsBehindTheirPeersAndBeforeWorseStates() {
        assertThat(Stream.of(rank(ALIVE, false), rank(ALIVE, true), rank(READ_ONLY, false), rank(READ_ONLY, true),
                rank(UNKNOWN, false), rank(UNKNOWN, true), rank(DEAD, false))).isSortedAccordingTo((a, b) -> b - a)
                .doesNotHaveDuplicates();
    }

    @Test
    void aFullNodeThatTookNoWritesIsNoBetterForWritersThanAReplica() {
        NodeHealth fullReplica = after(start(), 1, 1, READ_ONLY, OVERLOADED);
        NodeHealth fullPrimary = after(start(), 1, 1, ALIVE, OVERLOADED);
        NodeHealth replica = after(start(), 1, 1, READ_ONLY);
        assertThat(IntStream.of(fullPrimary.rank(false, false), replica.rank(false, false),
                fullReplica.rank(false, false), replica.rank(false, true)).boxed()).isSortedAccordingTo((a, b) -> b - a)
                .doesNotHaveDuplicates();
        assertThat(fullReplica.isWritable()).isFalse();
        assertThat(fullPrimary.isWritable()).isTrue();
        assertThat(after(fullReplica, 1, 1, ALIVE, OVERLOADED).isWritable()).isTrue();
        // readers prefer any replica that takes them
        assertThat(replica.rank(true, false)).isGreaterThan(fullReplica.rank(true, false));
    }

    private static int rank(NodeState state, boolean suspect) {
        return (state == UNKNOWN ? start() : after(start(), 1, 1, state)).rank(false, suspect);
    }

    private static NodeHealth start() {
        return NodeHealth.unknown(at(0));
    }

    private static NodeHealth after(NodeHealth health, int rise, int fall, NodeState... found) {
        NodeHealth now = health;
        for (NodeState state : found) {
            now = now.checked(result(state), rise, fall, at(0));
        }
        return now;
    }

    private static CheckResult result(NodeState state) {
        return new CheckResult(state, state.label() + "!", Duration.ofMillis(5), Optional.empty());
    }

    private static Moment at(long seconds) {
        return new Moment(Instant.ofEpochSecond(seconds), Duration.ofSeconds(seconds).toNanos());
    }
}
