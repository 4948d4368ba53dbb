package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that have no answer, unless they are too short and the server is a MySQL. */
class CommandCutShortTest {

    private static final String MALFORMED = "ff 2b07 23 4859303030 4d616c666f726d6564";

    private static TrackedSession session() {
        return new TrackedSession(TrackedSession.MODERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"18 01000000 0000", "18 01000000 0000 ffff", "19 01000000"})
    void complete(String command) {
        TrackedSession session = session().client(0, command).isIdle();

        session.client(0, TrackedSession.PING).server(1, MALFORMED).isIdle();
        assertThat(session.ended).containsExactly("PING failed 1835 rows=0 warnings=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18", "18 01000000 00", "19", "19 010000"})
    void answered(String command) {
        TrackedSession session = session().client(0, command).isIdle().server(1, MALFORMED).isIdle();

        assertThat(session.tracker.isServerLeaving()).isFalse();
        assertThat(session.ended).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"18", "18 01000000 00", "19", "19 010000"})
    void answeredBeforeTheNextCommand(String command) {
        TrackedSession session = session().client(0, command).client(0, TrackedSession.PING).server(1, MALFORMED);

        session.isBusy(1).server(1, TrackedSession.OK).isIdle();
        assertThat(session.ended).containsExactly("PING ok 2 rows=0 warnings=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18", "18 01000000 00", "19", "19 010000"})
    void notAnswered(String command) {
        TrackedSession session = session().client(0, command).client(0, TrackedSession.PING).isBusy(1);

        session.server(1, TrackedSession.ERR).isIdle();
        assertThat(session.ended).containsExactly("PING failed 1064 rows=0 warnings=0");
    }

    @Test
    void manyAreAnsweredEachInItsPlace() {
        TrackedSession session = session();
        for (String command : List.of("18", "19 010000", "18 01000000 00")) {
            session.client(0, command).client(0, command).client(0, TrackedSession.PING);
        }
        for (int i = 0; i < 3; i++) {
            session.isBusy(1).server(1, MALFORMED).server(1, MALFORMED).server(1, TrackedSession.OK);
        }
        session.client(0, "18").isIdle().server(1, MALFORMED).isIdle();
        assertThat(session.ended).hasSize(3).allMatch("PING ok 2 rows=0 warnings=0"::equals);
        assertThat(session.tracker.isServerLeaving()).isFalse();
    }

    @Test
    void thoseOfLongAgoWereNotAnswered() {
        TrackedSession session = session().client(0, "18").client(0, "19").client(0, TrackedSession.PING)
                .server(1, TrackedSession.OK).isIdle();

        session.client(0, TrackedSession.PING).server(1, MALFORMED).isIdle();
        assertThat(session.ended).containsExactly("PING ok 2 rows=0 warnings=0", "PING failed 1835 rows=0 warnings=0");
    }

    @Test
    void answeredInPieces() {
        TrackedSession session = session().client(0, "18");
        for (byte each : Hex.bytes("12000001" + MALFORMED)) {
            session.responses.scan(Unpooled.wrappedBuffer(new byte[]{each}));
        }
        session.isIdle();
        assertThat(session.tracker.isServerLeaving()).isFalse();
    }
}
