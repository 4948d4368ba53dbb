package dev.myproxy.protocol;

import static dev.myproxy.protocol.TrackedSession.CLASSIC;
import static dev.myproxy.protocol.TrackedSession.DEFINITION;
import static dev.myproxy.protocol.TrackedSession.EOF;
import static dev.myproxy.protocol.TrackedSession.EOF_MORE;
import static dev.myproxy.protocol.TrackedSession.ERR;
import static dev.myproxy.protocol.TrackedSession.MODERN;
import static dev.myproxy.protocol.TrackedSession.OK;
import static dev.myproxy.protocol.TrackedSession.OK_EOF;
import static dev.myproxy.protocol.TrackedSession.OK_EOF_MORE;
import static dev.myproxy.protocol.TrackedSession.OK_MORE;
import static dev.myproxy.protocol.TrackedSession.PING;
import static dev.myproxy.protocol.TrackedSession.SELECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTrackerTest {

    private static final String EXECUTE_WITH_CURSOR = "17 01000000 01 01000000";
    private static final String EXECUTE = "17 01000000 00 01000000";
    private static final String FETCH = "1c 01000000 01000000";

    private static TrackedSession classic() {
        return new TrackedSession(CLASSIC);
    }

    private static TrackedSession modern() {
        return new TrackedSession(MODERN);
    }

    @Test
    void isIdleInTheBeginning() {
        TrackedSession session = classic().isIdle();

        assertThat(session.tracker.serverStatus()).isZero();
        assertThat(session.tracker.inTransaction()).isFalse();
        assertThat(session.tracker.isQuitting()).isFalse();
    }

    @Test
    void aResultEndsWithTheSecondEof() {
        TrackedSession session = classic().client(0, SELECT).isBusy(1).server(1, "01").isBusy(2)
                .server(2, DEFINITION, EOF, "0131", "0132").isBusy(6);

        session.server(6, EOF).isIdle();

        assertThat(session.ended).containsExactly("QUERY ok 2 rows=0 warnings=0");
        assertThat(session.tracker.queries()).isEqualTo(1);
    }

    @Test
    void aResultWithoutEofEndsWithAnOk() {
        TrackedSession session = modern().client(0, SELECT).server(1, "01", DEFINITION, "0131").isBusy(4);

        session.server(4, "fe 00 00 0200 0300").isIdle();

        assertThat(session.ended).containsExactly("QUERY ok 2 rows=0 warnings=3");
    }

    @Test
    void anEmptyResultHasNoRows() {
        classic().client(0, SELECT).server(1, "01", DEFINITION, EOF, EOF).isIdle();
        modern().client(0, SELECT).server(1, "01", DEFINITION, OK_EOF).isIdle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "fb", "00 0000 02 00 00 00", "fb fb", "fa", "01 ff", "00 00 00 0200 0000"})
    void rowsMayBeginLikeOtherPackets(String row) {
        classic().client(0, SELECT).server(1, "01", DEFINITION, EOF, row).isBusy(5).server(5, row, EOF).isIdle();
        modern().client(0, SELECT).server(1, "01", DEFINITION, row).isBusy(4).server(4, row, OK_EOF).isIdle();
    }

    @Test
    void largeColumnCountsAreRead() {
        TrackedSession session = modern().client(0, SELECT).server(1, "fc 2c01");
        for (int i = 0; i < 300; i++) {
            session.server(2 + i, DEFINITION);
        }
        session.server(302, "0131", OK_EOF).isIdle();
    }

    @Test
    void sequenceIdsWrap() {
        TrackedSession session = classic().client(0, SELECT).server(1, "01", DEFINITION, EOF);
        for (int i = 4; i <= 255; i++) {
            session.server(i, "0131");
        }

        session.isBusy(0).server(0, "0131").isBusy(1).server(1, EOF).isIdle();

        assertThat(session.tracker.isServerLeaving()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0e", "02", "07", "1a", "1f", "15", "05", "08", "0c", "99"})
    void commandsAreAnsweredWithOkOrErr(String command) {
        classic().client(0, command).isBusy(1).server(1, OK).isIdle();

        TrackedSession session = classic().client(0, command).server(1, ERR).isIdle();

        assertThat(session.tracker.errors()).isEqualTo(1);
        assertThat(session.ended).singleElement().asString().endsWith("failed 1064 rows=0 warnings=0");
    }

    @ParameterizedTest
    @CsvSource({"0d", "1b", "08"})
    void someCommandsAreAnsweredWithEof(String command) {
        classic().client(0, command).server(1, EOF).isIdle();
        modern().client(0, command).server(1, OK_EOF).isIdle();
    }

    @Test
    void statisticsAreText() {
        classic().client(0, "09").server(1, "557074696d653a").isIdle();
        classic().client(0, "09").server(1, "00").isIdle();
        classic().client(0, "09").server(1, "").isIdle();
    }

    @Test
    void fieldListsHaveNoCount() {
        classic().client(0, "04 7400").server(1, DEFINITION, DEFINITION).isBusy(3).server(3, EOF).isIdle();
        modern().client(0, "04 7400").server(1, DEFINITION, OK_EOF).isIdle();
        modern().client(0, "04 7400").server(1, OK_EOF).isIdle();
        classic().client(0, "04 7400").server(1, ERR).isIdle();
    }

    @Test
    void processListsAreResults() {
        classic().client(0, "0a").server(1, "01", DEFINITION, EOF, "0131", EOF).isIdle();
    }

    @Test
    void someCommandsHaveNoResponse() {
        TrackedSession session = classic().client(0, "18 01000000 0000 78").isIdle().client(0, "19 01000000").isIdle();

        session.client(0, PING).server(1, OK).isIdle();

        assertThat(session.ended).containsExactly("PING ok 2 rows=0 warnings=0");
    }

    @Test
    void longDataAndCloseDoNotCountAmongPipelinedCommands() {
        TrackedSession session = classic().client(0, "18 01000000 0000 78").client(0, "18 01000000 0000 78")
                .client(0, EXECUTE).client(0, "19 01000000").client(0, PING);

        session.server(1, OK).isBusy(1).server(1, OK).isIdle();

        assertThat(session.ended).hasSize(2);
    }

    @Test
    void quittingIsKnown() {
        TrackedSession session = classic().client(0, SELECT).client(0, "01");

        assertThat(session.tracker.isQuitting()).isTrue();
        session.server(1, OK).isIdle();
    }

    @Test
    void preparationsAreCounted() {
        String both = "00 01000000 0200 0100 00 0000";
        classic().client(0, "16").server(1, both, DEFINITION, EOF, DEFINITION, DEFINITION).isBusy(6).server(6, EOF)
                .isIdle();
        modern().client(0, "16").server(1, both, DEFINITION, DEFINITION).isBusy(4).server(4, DEFINITION).isIdle();
        classic().client(0, "16").server(1, "00 01000000 0000 0100 00 0000", DEFINITION).isBusy(3).server(3, EOF)
                .isIdle();
        classic().client(0, "16").server(1, "00 01000000 0100 0000 00 0000", DEFINITION).isBusy(3).server(3, EOF)
                .isIdle();
        classic().client(0, "16").server(1, "00 01000000 0000 0000 00 0000").isIdle();
        modern().client(0, "16").server(1, "00 01000000 0000 0000 00").isIdle();
        modern().client(0, "16").server(1, ERR).isIdle();
    }

    @Test
    void preparationsMayHave65535Parameters() {
        TrackedSession session = modern().client(0, "16").server(1, "00 01000000 0000 ffff 00 0000");
        for (int i = 0; i < 65534; i++) {
            session.server(2 + i, DEFINITION);
        }
        assertThat(session.tracker.idle()).isFalse();
        session.server(255, DEFINITION).isIdle();
    }

    @Test
    void severalResultsAreOneResponse() {
        TrackedSession session = classic().client(0, SELECT).server(1, "01", DEFINITION, EOF, "0131", EOF_MORE)
                .isBusy(6).server(6, OK_MORE).isBusy(7).server(7, "01", DEFINITION, EOF_MORE).isBusy(10)
                .server(10, "0131", EOF_MORE, "00 05 00 2200 0100").isIdle();

        assertThat(session.ended).containsExactly("QUERY ok 22 rows=6 warnings=1");
    }

    @Test
    void severalResultsWithoutEof() {
        modern().client(0, SELECT).server(1, "01", DEFINITION, "0131", OK_EOF_MORE, "01", DEFINITION, OK_EOF_MORE)
                .isBusy(8).server(8, OK).isIdle();
    }

    @Test
    void anErrEndsAllResults() {
        TrackedSession session = classic().client(0, SELECT).server(1, OK_MORE, ERR).isIdle();

        assertThat(session.ended).containsExactly("QUERY failed 1064 rows=1 warnings=0");
    }

    @Test
    void moreResultsMeanNothingToCommandsWithOneAnswer() {
        classic().client(0, PING).server(1, OK_MORE).isIdle();
    }

    @Test
    void qualityFlagsOfAllResultsAreReported() {
        TrackedSession session = classic().client(0, SELECT).server(1, "00 00 00 2a00 0000", "00 00 00 0208 0000");

        assertThat(session.ended).containsExactly("QUERY ok 822 rows=0 warnings=0");
        assertThat(session.tracker.serverStatus()).isEqualTo(0x802);
    }

    @Test
    void anErrMayComeAnywhere() {
        classic().client(0, SELECT).server(1, ERR).isIdle();
        classic().client(0, SELECT).server(1, "02", DEFINITION, ERR).isIdle();
        classic().client(0, SELECT).server(1, "01", DEFINITION, ERR).isIdle();
        classic().client(0, SELECT).server(1, "01", DEFINITION, EOF, "0131", ERR).isIdle();
        modern().client(0, SELECT).server(1, "01", DEFINITION, "0131", ERR).isIdle();
        modern().client(0, FETCH).server(1, "0000", ERR).isIdle();
        modern().client(0, "16").server(1, "00 01000000 0000 0200 00 0000", DEFINITION, ERR).isIdle();
    }

    @Test
    void aCursorHasNoRowsUntilTheyAreFetched() {
        classic().client(0, EXECUTE_WITH_CURSOR).server(1, "01", DEFINITION, "fe 0000 6200").isIdle()
                .client(0, FETCH).isBusy(1).server(1, "0000 01").isBusy(2).server(2, "fe 0000 4200").isIdle()
                .client(0, FETCH).server(1, "fe 0000 8200").isIdle();
        modern().client(0, EXECUTE_WITH_CURSOR).server(1, "01", DEFINITION, "fe 00 00 6200 0000").isIdle()
                .client(0, FETCH).server(1, "0000 01", "fe 00 00 4200 0000").isIdle();
    }

    @Test
    void aProcedureWithACursorOfItsOwnSendsRows() {
        classic().client(0, EXECUTE).server(1, "01", DEFINITION, "fe 0000 4200").isBusy(4)
                .server(4, "0000 01", EOF).isIdle();
        classic().client(0, EXECUTE_WITH_CURSOR).server(1, "01", DEFINITION, "fe 0000 4a00").isBusy(4)
                .server(4, "0000 01", EOF_MORE, OK).isIdle();
        classic().client(0, SELECT).server(1, "01", DEFINITION, "fe 0000 4200", "0131", EOF).isIdle();
    }

    @Test
    void aCursorMayBeAskedForAheadOfItsTurn() {
        classic().client(0, PING).client(0, EXECUTE_WITH_CURSOR).server(1, OK)
                .server(1, "01", DEFINITION, "fe 0000 6200").isIdle();
    }

    @Test
    void definitionsMayBeLeftOut() {
        Capabilities mySql = CLASSIC.with(Capability.OPTIONAL_RESULTSET_METADATA);
        Capabilities mariaDb = MODERN.with(Capability.CACHE_METADATA);
        new TrackedSession(mySql).client(0, SELECT).server(1, "01 00", EOF, "0131").isBusy(4).server(4, EOF).isIdle();
        new TrackedSession(mySql).client(0, SELECT).server(1, "01 01", DEFINITION, EOF, "0131", EOF).isIdle();
        new TrackedSession(mySql.with(Capability.DEPRECATE_EOF)).client(0, "16")
                .server(1, "00 01000000 0200 0100 00 0000 00").isIdle();
        new TrackedSession(mySql.with(Capability.DEPRECATE_EOF)).client(0, "16")
                .server(1, "00 01000000 0100 0100 00 0000 01", DEFINITION).isBusy(3).server(3, DEFINITION).isIdle();
        new TrackedSession(mariaDb).client(0, EXECUTE).server(1, "01 00", "0000 01", OK_EOF).isIdle();
        new TrackedSession(mariaDb).client(0, EXECUTE).server(1, "01 01", DEFINITION, "0000 01", OK_EOF).isIdle();
        new TrackedSession(mariaDb).client(0, EXECUTE).server(1, "fc fb00 00", "0000 01", OK_EOF).isIdle();
    }

    @Test
    void aBulkExecutionMayAnswerWithARowPerUnit() {
        String definitionsFollow = "02 01";
        String row = "00 00 0000000000000000 0100000000000000";
        TrackedSession session = new TrackedSession(
                MODERN.with(Capability.STMT_BULK_OPERATIONS, Capability.CACHE_METADATA, Capability.BULK_UNIT_RESULTS))
                .client(0, "fa 01000000 c000 0300 00 07000000 00 08000000")
                .server(1, definitionsFollow, DEFINITION, DEFINITION, row, row, OK_EOF)
                .client(0, "fa 01000000 8000 0300 00 07000000").server(1, OK);

        session.isIdle();
        assertThat(session.ended).containsExactly("STMT_BULK_EXECUTE ok 2 rows=0 warnings=0",
                "STMT_BULK_EXECUTE ok 2 rows=0 warnings=0");
    }

    @Test
    void progressReportsAreNoErrors() {
        String progress = "ff ffff 01 02 000000 0161";
        TrackedSession session = new TrackedSession(MODERN.with(Capability.PROGRESS)).client(0, SELECT)
                .server(1, progress, progress).isBusy(3).server(3, OK).isIdle();

        assertThat(session.tracker.errors()).isZero();
        assertThat(modern().client(0, SELECT).server(1, progress).isIdle().tracker.errors()).isEqualTo(1);
    }

    @Test
    void aLocalFileIsSentUpToAnEmptyPacket() {
        TrackedSession session = classic().client(0, SELECT).expectsData(false).server(1, "fb 66696c65")
                .expectsData(true).isBusy(2);

        session.client(2, "02 6d7973716c").isBusy(3).client(3, "01").client(4, "").expectsData(false).isBusy(5)
                .server(5, OK).isIdle();

        assertThat(session.ended).hasSize(1);
        assertThat(session.tracker.isQuitting()).isFalse();
    }

    @Test
    void aLocalFileMayBeRefusedOrFollowedByResults() {
        classic().client(0, SELECT).server(1, "fb 66").client(2, "").isBusy(3).server(3, OK_MORE).isBusy(4)
                .server(4, "fb 66").expectsData(true).client(5, "").server(6, OK).isIdle();
    }

    @Test
    void aLocalFileThatTheServerGivesUpIsStillSentToItsEnd() {
        TrackedSession session = classic().client(0, SELECT).server(1, "fb 66").client(2, "6161").server(3, ERR);

        assertThat(session.tracker.idle()).isFalse();
        session.expectsData(true).client(3, "0361").client(4, "").isIdle().client(0, PING).server(1, OK).isIdle();

        assertThat(session.tracker.queries()).isEqualTo(1);
    }

    @Test
    void aLocalFileTakesWhatWasSentAhead() {
        // The server reads the PING as contents of the file, the empty packet as its end, and then the query.
        TrackedSession session = classic().client(0, SELECT).client(0, PING).client(0, "").client(0, SELECT);

        session.server(1, "fb 66").expectsData(false).server(1, OK).server(1, OK).isIdle();

        assertThat(session.ended).containsExactly("QUERY ok 2 rows=0 warnings=0", "QUERY ok 2 rows=0 warnings=0");
    }

    @Test
    void anAuthenticationAlternates() {
        TrackedSession session = classic().client(0, "11 7500").expectsData(false).isBusy(1)
                .server(1, "fe 706c7567696e00 73616c74").expectsData(true).isBusy(2).client(2, "02 00")
                .expectsData(false).isBusy(3).server(3, "01 04").expectsData(true).client(4, "").server(5, "01 03")
                .expectsData(false).server(6, OK).isIdle();

        assertThat(session.ended).containsExactly("CHANGE_USER ok 2 rows=0 warnings=0");
        classic().client(0, "11").server(1, "fe 7000", ERR).isIdle().expectsData(false);
    }

    @Test
    void anAuthenticationMayHaveAnyNumberOfRounds() {
        TrackedSession session = classic().client(0, "11");
        for (int i = 0; i < 20; i++) {
            session.server(1 + 2 * i, "50 00").expectsData(true).client(2 + 2 * i, "").expectsData(false);
        }
        session.server(41, OK).isIdle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12 04000000 0000 01000000", "1e 0000", "20"})
    void aReplicationStreamGoesOnUntilEof(String dump) {
        TrackedSession session = modern().client(0, dump).expectsData(false).server(1, "00 01020304 fe", "00 ff")
                .expectsData(true).client(0, "ef 0000").isBusy(1).server(3, "fe 01 02 03 04 05", "00").isBusy(5);

        session.server(5, EOF).isIdle().expectsData(false);
    }

    @Test
    void aReplicationStreamMayBeRefused() {
        classic().client(0, "12").server(1, ERR).isIdle().expectsData(false);
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrder() {
        TrackedSession session = classic().client(0, SELECT).client(0, PING).client(0, "09").client(0, "16");

        assertThat(session.tracker.inFlight()).isEqualTo(4);
        session.server(1, "01", DEFINITION, EOF, "00", EOF).isBusy(1).server(1, OK).server(1, "55").isBusy(1)
                .server(1, ERR).isIdle();

        assertThat(session.ended).extracting(text -> text.substring(0, text.indexOf(' '))).containsExactly("QUERY",
                "PING", "STATISTICS", "STMT_PREPARE");
    }

    @Test
    void anUnansweredCommandDeterminesTheNextSequenceId() {
        classic().client(5, PING).isBusy(6).client(255, PING).isBusy(6).server(6, OK).isBusy(0);
    }

    @Test
    void anEmptyCommandIsAnsweredWithErr() {
        classic().client(0, "").isBusy(1).server(1, ERR).isIdle();
    }

    @Test
    void anErrThatAnswersNothingMeansThatTheServerLeaves() {
        TrackedSession idle = classic().server(0, ERR).isIdle();
        TrackedSession racing = classic().client(0, SELECT).server(0, ERR);
        TrackedSession answered = classic().client(0, SELECT).server(1, ERR);

        assertThat(idle.tracker.isServerLeaving()).isTrue();
        assertThat(idle.tracker.errors()).isZero();
        assertThat(racing.tracker.isServerLeaving()).isTrue();
        assertThat(answered.tracker.isServerLeaving()).isFalse();
    }

    @Test
    void statusTellsOfTransactions() {
        TrackedSession session = classic();
        session.tracker.loggedIn(OkPacket.of(2));
        assertThat(session.tracker.serverStatus()).isEqualTo(2);

        session.client(0, SELECT).server(1, "00 00 00 0300 0000");
        assertThat(session.tracker.inTransaction()).isTrue();
        session.client(0, SELECT).server(1, ERR);
        assertThat(session.tracker.inTransaction()).isTrue();
        session.client(0, SELECT).server(1, OK);
        assertThat(session.tracker.inTransaction()).isFalse();
        session.client(0, SELECT).server(1, "00 00 00 0220 0000");
        assertThat(session.tracker.inTransaction()).isTrue();
    }

    @Test
    void affectedRowsMayBeLarge() {
        TrackedSession session = classic().client(0, SELECT).server(1,
                "00 fe0000000001000000 feffffffffffffffff 0200 ffff 01 78");

        assertThat(session.ended).containsExactly("QUERY ok 2 rows=4294967296 warnings=65535");
    }

    @ParameterizedTest
    @CsvSource({"03, ''", "03, fe00000200", "03, fc0000", "03, fd000001", "03, 0101", "03, fc01", "03, 00",
            "03, 000000020000", "03, 00fb0002000000", "03, ff28", "0e, 01", "0e, ''", "0e, fe000002",
            "0e, fe000002000000",
            "16, 01", "16, 000100000000000000", "04, ''", "1c, fe0000"})
    void refusesWhatCannotBeginAResponse(String command, String payload) {
        TrackedSession session = classic().client(0, command);

        assertThatThrownBy(() -> session.server(1, payload)).isInstanceOf(MalformedPacketException.class);

        session.isBusy(1);
        assertThat(session.responses.forwardableBytes()).isZero();
        assertThat(session.responses.betweenPackets()).isTrue();
    }

    @Test
    void refusesLocalFilesThatWereNotNegotiated() {
        TrackedSession session = new TrackedSession(CLASSIC.without(Capability.LOCAL_FILES)).client(0, SELECT);

        assertThatThrownBy(() -> session.server(1, "fb 66")).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesAnEndOfRowsOfTheOtherKind() {
        TrackedSession session = classic().client(0, SELECT).server(1, "01", DEFINITION, EOF, "0131");

        assertThatThrownBy(() -> session.server(5, OK_EOF)).isInstanceOf(MalformedPacketException.class);
        session.isBusy(5);
    }

    @Test
    void refusesPacketsThatNothingAskedFor() {
        TrackedSession session = classic();

        assertThatThrownBy(() -> session.server(0, OK)).isInstanceOf(MalformedPacketException.class);
        session.isIdle();
    }

    @Test
    void refusesDefinitionsWithoutEof() {
        TrackedSession session = classic().client(0, SELECT).server(1, "01", DEFINITION);

        assertThatThrownBy(() -> session.server(3, "0131")).isInstanceOf(MalformedPacketException.class);
    }
}
