package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final int PIECE = 16 * 1024;
    private static final long SOON = Gathering.PAUSE_NANOS / 2;
    private static final long LATE = 2 * Gathering.PAUSE_NANOS;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;
    private long bytes;
    private int readings;
    private final Gathering gathering = new Gathering(channel.eventLoop(), () -> now, () -> readings++);

    @BeforeEach
    void timeStandsStill() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void longResponseInSmallPiecesGathers() {
        receiveLong();
        assertThat(gathering.isActive()).isTrue();

        pass(Gathering.PAUSE_NANOS - 1);
        assertThat(gathering.isActive()).isTrue();
        assertThat(readings).isZero();

        pass(1);
        assertThat(gathering.isActive()).isFalse();
        assertThat(readings).isOne();

        receive(PIECE, SOON, false);
        assertThat(gathering.isActive()).isTrue();
    }

    @Test
    void whatComesDuringAPauseMakesItNoLonger() {
        receiveLong();
        receive(PIECE, SOON, false);
        pass(SOON);
        assertThat(gathering.isActive()).isFalse();
        pass(LATE);
        assertThat(readings).isOne();
    }

    @Test
    void shortResponsesDoNot() {
        for (int i = 0; i < 10; i++) {
            receive(PIECE, SOON, false);
            receive(Gathering.LONG_BYTES - 2 * PIECE, SOON, false);
            receive(1, SOON, true);
            assertThat(gathering.isActive()).isFalse();
        }
    }

    @Test
    void theEndOfALongResponseIsNotWaitedFor() {
        receive(Gathering.LONG_BYTES, SOON, false);
        receive(PIECE, SOON, true);
        assertThat(gathering.isActive()).isFalse();
    }

    @Test
    void piecesThatAreLargeOrComeSeldomOrAreNearlyNothingDoNot() {
        receive(Gathering.LONG_BYTES, SOON, false);
        receive(Gathering.ENOUGH_BYTES, SOON, false);
        receive(PIECE, LATE, false);
        receive(Gathering.LEAST_BYTES - 1, SOON, false);
        assertThat(gathering.isActive()).isFalse();
    }

    private void receiveLong() {
        receive(Gathering.LONG_BYTES, SOON, false);
        receive(PIECE, SOON, false);
    }

    private void receive(int piece, long afterNanos, boolean last) {
        pass(afterNanos);
        bytes += piece;
        gathering.passed(bytes, last);
    }

    private void pass(long nanos) {
        now += nanos;
        channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }
}
