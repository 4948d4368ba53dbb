package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The result that holds a procedure's OUT parameters is followed by an OK, which MySQL announces only in front of it. */
class OutParametersTest {

    private static final String EXECUTE = "17 01000000 00 01000000 00 01 0300 07000000";
    private static final String ROW = "00 00 08000000";

    @Test
    void mySqlAnnouncesTheOkInFrontOfTheResult() {
        TrackedSession session = new TrackedSession(TrackedSession.CLASSIC).client(0, EXECUTE);

        session.server(1, "01", TrackedSession.DEFINITION, "fe 0000 0a10", ROW, TrackedSession.EOF).isBusy(6);
        session.server(6, TrackedSession.OK).isIdle();

        assertThat(session.ended).containsExactly("STMT_EXECUTE ok 2 rows=0 warnings=0");
    }

    @Test
    void nothingFollowsAResultThatWasNotAnnounced() {
        TrackedSession session = new TrackedSession(TrackedSession.CLASSIC).client(0, EXECUTE);

        session.server(1, "01", TrackedSession.DEFINITION, TrackedSession.EOF_MORE, ROW, TrackedSession.EOF).isIdle();
    }

    @Test
    void mariaDbAnnouncesItBehindTheResultToo() {
        TrackedSession session = new TrackedSession(TrackedSession.CLASSIC).client(0, EXECUTE);

        session.server(1, "01", TrackedSession.DEFINITION, "fe 0000 0a10", ROW, "fe 0000 0a10").isBusy(6);
        session.server(6, TrackedSession.OK).isIdle();
    }

    @Test
    void withDeprecateEofTheEndOfTheResultTells() {
        TrackedSession session = new TrackedSession(TrackedSession.MODERN).client(0, EXECUTE);

        session.server(1, "01", TrackedSession.DEFINITION, ROW, "fe 00 00 0a10 0000").isBusy(5);
        session.server(5, TrackedSession.OK).isIdle();
    }
}
