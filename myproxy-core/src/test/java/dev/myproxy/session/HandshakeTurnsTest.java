package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTurnsTest {

    private final Deque<Runnable> rounds = new ArrayDeque<>();
    private final List<String> gone = new ArrayList<>();
    private long now;
    private final HandshakeTurns turns = new HandshakeTurns(rounds::add, () -> now);

    private HandshakeTurns.Step step(String name, long nanos) {
        return () -> {
            gone.add(name);
            now += nanos;
        };
    }

    private void nextRound() {
        rounds.remove().run();
    }

    @Test
    void stepsThatTakeLittleTimeAreTakenAtOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(turns.take(step("a", HandshakeTurns.SHARE_NANOS / 4))).isTrue();
        }

        assertThat(rounds).hasSize(1);
        nextRound();
        assertThat(rounds).as("rounds while there is nothing to do").isEmpty();
    }

    @Test
    void whoComesWhenTheTimeIsUsedWaitsForTheNextRound() {
        turns.take(step("a", HandshakeTurns.SHARE_NANOS));
        assertThat(turns.take(step("b", HandshakeTurns.SHARE_NANOS / 2))).isFalse();
        assertThat(turns.take(step("c", HandshakeTurns.SHARE_NANOS))).isFalse();
        assertThat(turns.take(step("d", 1))).isFalse();
        assertThat(gone).containsExactly("a");

        nextRound();
        assertThat(gone).containsExactly("a", "b", "c");

        assertThat(turns.take(step("e", 1))).as("one that comes while others wait").isFalse();
        nextRound();
        assertThat(gone).containsExactly("a", "b", "c", "d", "e");
        nextRound();
        assertThat(rounds).isEmpty();
        assertThat(turns.take(step("f", 1))).isTrue();
    }

    @Test
    void whoIsGoneHasNoTurn() {
        HandshakeTurns.Step late = step("late", 1);
        turns.take(step("a", HandshakeTurns.SHARE_NANOS));
        turns.take(late);
        turns.forget(late);

        nextRound();

        assertThat(gone).containsExactly("a");
    }

    /** As a client does that sends its next message at once. */
    @Test
    void aStepMayAskForAnotherTurn() {
        turns.take(() -> {
            now += HandshakeTurns.SHARE_NANOS;
            gone.add("a");
        });
        turns.take(() -> {
            gone.add("b");
            turns.take(step("b again", 1));
        });

        nextRound();

        assertThat(gone).containsExactly("a", "b", "b again");
    }
}
