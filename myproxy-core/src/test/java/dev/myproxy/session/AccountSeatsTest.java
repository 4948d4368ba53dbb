package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import org.junit.jupiter.api.Test;

class AccountSeatsTest {

    private static final ByteString JOE = ByteString.of("joe");
    private static final ByteString ANN = ByteString.of("ann");

    private final AccountSeats seats = new AccountSeats();

    @Test
    void anAccountHasSoManySessions() {
        assertThat(seats.take(1, JOE, 2)).isTrue();
        assertThat(seats.take(2, JOE, 2)).isTrue();
        assertThat(seats.take(3, JOE, 2)).isFalse();
        assertThat(seats.take(3, ANN, 2)).isTrue();
        assertThat(seats.count(JOE)).isEqualTo(2);

        seats.leave(1);
        assertThat(seats.take(4, JOE, 2)).isTrue();
    }

    @Test
    void aSessionThatLogsInAgainIsNotCountedTwice() {
        assertThat(seats.take(1, JOE, 1)).isTrue();
        assertThat(seats.take(1, JOE, 1)).isTrue();
        assertThat(seats.count(JOE)).isEqualTo(1);
    }

    @Test
    void aSessionThatChangesItsAccountLeavesTheOldOneIfItCan() {
        seats.take(1, JOE, 1);
        seats.take(2, ANN, 1);

        assertThat(seats.take(2, JOE, 1)).isFalse();
        assertThat(seats.count(ANN)).as("still there").isEqualTo(1);
        seats.leave(1);
        assertThat(seats.take(2, JOE, 1)).isTrue();
        assertThat(seats.count(ANN)).isZero();
    }

    @Test
    void nothingIsLeftOfSessionsThatAreOver() {
        seats.take(1, JOE, 5);
        seats.take(1, ANN, 5);
        seats.leave(1);
        seats.leave(1);
        seats.leave(2);

        assertThat(seats.accounts()).isZero();
    }
}
