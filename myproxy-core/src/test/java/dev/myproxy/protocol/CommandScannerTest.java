package dev.myproxy.protocol;

import static dev.myproxy.protocol.CommandScanner.Stop.END;
import static dev.myproxy.protocol.CommandScanner.Stop.INTERCEPTED;
import static dev.myproxy.protocol.CommandScanner.Stop.PARTIAL;
import static dev.myproxy.protocol.CommandScanner.Stop.RESPONSES;
import static dev.myproxy.protocol.TrackedSession.CLASSIC;
import static dev.myproxy.protocol.TrackedSession.DEFINITION;
import static dev.myproxy.protocol.TrackedSession.OK;
import static dev.myproxy.protocol.TrackedSession.PING;
import static dev.myproxy.protocol.TrackedSession.SELECT;
import static dev.myproxy.protocol.TrackedSession.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.CommandScanner.Stop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandScannerTest {

    private static final String INIT_DB = "02 6462";

    private final TrackedSession session = new TrackedSession(CLASSIC, Command.INIT_DB);
    private final CommandScanner scanner = session.commands;

    private static ByteBuf join(ByteBuf... buffers) {
        return Unpooled.wrappedBuffer(buffers);
    }

    @Test
    void passesCommandsThatCameTogether() {
        ByteBuf all = join(packet(0, SELECT), packet(0, PING), packet(0, "19 01000000"), packet(0, "09"));

        assertThat(scanner.scan(all)).isEqualTo(all.readableBytes());
        assertThat(scanner.stop()).isEqualTo(END);
        assertThat(session.tracker.inFlight()).isEqualTo(3);
        assertThat(all.readerIndex()).isZero();
    }

    @Test
    void holdsAHeaderBackUntilItsCommandIsThere() {
        ByteBuf ping = packet(0, PING);
        for (int length = 1; length <= 4; length++) {
            assertThat(scanner.scan(ping.slice(0, length))).isZero();
            assertThat(scanner.stop()).isEqualTo(PARTIAL);
            assertThat(session.tracker.idle()).isTrue();
            assertThat(scanner.betweenPackets()).isTrue();
        }
        assertThat(scanner.scan(ping)).isEqualTo(5);
    }

    @Test
    void passesWhatStandsBeforeAnIncompleteHeader() {
        ByteBuf all = join(packet(0, PING), Hex.buffer("010000"));

        assertThat(scanner.scan(all)).isEqualTo(5);
        assertThat(scanner.stop()).isEqualTo(PARTIAL);
    }

    @Test
    void passesTheFirstBytesOfACommandAtOnce() {
        ByteBuf select = packet(0, SELECT);

        assertThat(scanner.scan(select.slice(0, 6))).isEqualTo(6);
        assertThat(scanner.stop()).isEqualTo(END);
        assertThat(scanner.betweenPackets()).isFalse();
        assertThat(scanner.scan(select.slice(6, select.readableBytes() - 6))).isEqualTo(select.readableBytes() - 6);
        assertThat(scanner.betweenPackets()).isTrue();
        assertThat(session.tracker.queries()).isEqualTo(1);
    }

    @Test
    void passesAnEmptyCommandByItsHeader() {
        assertThat(scanner.scan(packet(3, ""))).isEqualTo(4);
        assertThat(session.tracker.nextSequenceId()).isEqualTo(4);
    }

    @Test
    void readsBuffersFromTheirReaderIndex() {
        ByteBuf all = join(packet(0, PING), packet(0, SELECT));
        all.skipBytes(5);

        assertThat(scanner.scan(all)).isEqualTo(all.readableBytes());
        assertThat(session.tracker.inFlight()).isEqualTo(1);
    }

    @Test
    void stopsBeforeAPacketToBeIntercepted() {
        ByteBuf all = join(packet(0, "19 01000000"), packet(7, INIT_DB), packet(0, PING));

        assertThat(scanner.scan(all)).isEqualTo(9);
        assertThat(scanner.stop()).isEqualTo(INTERCEPTED);
        assertThat(scanner.command()).isEqualTo(Command.INIT_DB);
        assertThat(scanner.sequenceId()).isEqualTo(7);
        assertThat(scanner.packetBytes()).isEqualTo(7);
        assertThat(session.tracker.idle()).isTrue();
    }

    @Test
    void interceptsWhatItIsToldTo() {
        scanner.intercept(EnumSet.of(Command.PING), true);
        assertThat(scanner.scan(packet(0, PING))).isZero();
        assertThat(scanner.stop()).isEqualTo(INTERCEPTED);

        scanner.intercept(EnumSet.of(Command.PING), false);
        assertThat(scanner.scan(packet(0, PING))).isEqualTo(5);
        assertThat(scanner.stop()).isEqualTo(END);
    }

    @Test
    void excludesCommandsButNotTheRestOfOne() {
        ByteBuf select = packet(0, SELECT);
        scanner.scan(select.slice(0, 6));
        scanner.exclude(true);
        ByteBuf all = join(select.slice(6, select.readableBytes() - 6), packet(0, PING));

        assertThat(scanner.scan(all)).isEqualTo(select.readableBytes() - 6);
        assertThat(scanner.stop()).isEqualTo(RESPONSES);
        scanner.exclude(false);
        assertThat(scanner.scan(packet(0, PING))).isEqualTo(5);
    }

    @Test
    void goesOnBehindAPacketThatWasTakenAway() {
        ByteBuf all = join(packet(0, INIT_DB), packet(0, PING));
        scanner.scan(all);
        all.skipBytes(scanner.packetBytes());

        assertThat(scanner.scan(all)).isEqualTo(5);
        assertThat(scanner.stop()).isEqualTo(END);
    }

    @Test
    void letsOnePacketPassWhenTold() {
        ByteBuf all = join(packet(0, INIT_DB), packet(0, INIT_DB));
        scanner.scan(all);

        scanner.pass();

        assertThat(scanner.scan(all)).isEqualTo(7);
        assertThat(scanner.stop()).isEqualTo(RESPONSES);
        session.server(1, OK);
        all.skipBytes(7);
        assertThat(scanner.scan(all)).isZero();
        assertThat(scanner.stop()).isEqualTo(INTERCEPTED);
    }

    @Test
    void interceptsOnlyWhenAllIsAnswered() {
        ByteBuf all = join(packet(0, PING), packet(0, INIT_DB));

        assertThat(scanner.scan(all)).isEqualTo(5);
        assertThat(scanner.stop()).isEqualTo(RESPONSES);
        session.server(1, OK);

        assertThat(scanner.scan(all.skipBytes(5))).isZero();
        assertThat(scanner.stop()).isEqualTo(INTERCEPTED);
    }

    @Test
    void takesAPacketForFileContentsOnceTheServerHasAskedForAFile() {
        ByteBuf all = join(packet(0, SELECT), packet(1, INIT_DB));
        int query = scanner.scan(all);
        assertThat(scanner.stop()).isEqualTo(RESPONSES);

        session.server(1, "fb 66");

        assertThat(scanner.scan(all.skipBytes(query))).isEqualTo(7);
        assertThat(session.tracker.nextSequenceId()).isEqualTo(2);
        session.client(2, "").server(3, OK).isIdle();
    }

    @Test
    void filesOfAnyPacketSizeAreData() {
        session.client(0, SELECT).server(1, "fb 66");
        ByteBuf full = Unpooled.wrappedBuffer(Hex.buffer("ffffff02"), Unpooled.wrappedBuffer(new byte[0xffffff]));

        assertThat(scanner.scan(full)).isEqualTo(full.readableBytes());
        assertThat(scanner.betweenPackets()).isFalse();
        assertThat(scanner.scan(packet(3, ""))).isEqualTo(4);
        assertThat(session.tracker.expectsClientData()).as("the empty packet ended the payload, not the file").isTrue();
        assertThat(scanner.scan(packet(4, ""))).isEqualTo(4);
        session.isBusy(5).server(5, OK).isIdle();
    }

    @Test
    void continuationsAreNotCommands() {
        ByteBuf full = Unpooled.wrappedBuffer(Hex.buffer("ffffff00 03"), Unpooled.wrappedBuffer(new byte[0xfffffe]));

        assertThat(scanner.scan(full)).isEqualTo(full.readableBytes());
        assertThat(session.tracker.nextSequenceId()).isEqualTo(1);
        assertThat(scanner.scan(packet(1, INIT_DB))).isEqualTo(7);
        assertThat(scanner.stop()).isEqualTo(END);
        assertThat(session.tracker.inFlight()).isEqualTo(1);
        session.isBusy(2).server(2, OK).isIdle();
    }

    @Test
    void anEmptyContinuationEndsACommandOfTheExactMaximum() {
        ByteBuf full = Unpooled.wrappedBuffer(Hex.buffer("ffffff00 03"), Unpooled.wrappedBuffer(new byte[0xfffffe]));
        scanner.scan(full);

        assertThat(scanner.scan(join(packet(1, ""), packet(0, PING)))).isEqualTo(9);
        session.server(2, OK).server(1, OK).isIdle();
        assertThat(session.ended).hasSize(2);
    }

    @Test
    void continuationsOfPipelinedCommandsCountForTheirOwn() {
        session.client(0, PING);
        ByteBuf full = Unpooled.wrappedBuffer(Hex.buffer("ffffff00 03"), Unpooled.wrappedBuffer(new byte[0xfffffe]));
        scanner.scan(full);
        scanner.scan(packet(1, "00"));

        session.isBusy(1).server(1, OK).isBusy(2);
    }

    @Test
    void anAnswerThatComesEarlyLeavesTheRestOfTheCommandAsItIs() {
        scanner.scan(Unpooled.wrappedBuffer(Hex.buffer("ffffff00 03"), Unpooled.wrappedBuffer(new byte[0xfffffe])));

        session.server(1, TrackedSession.ERR).isIdle();

        assertThat(scanner.scan(packet(1, "0e"))).isEqualTo(5);
        session.isIdle();
    }

    @Test
    void boundsWhatIsSentAhead() {
        ResponseTracker tracker = new ResponseTracker(CLASSIC, ResponseObserver.NONE);
        CommandScanner bounded = new CommandScanner(tracker, Set.of(), KillFinder.NONE, 2);
        ByteBuf all = join(packet(0, PING), packet(0, PING), packet(0, PING));

        assertThat(bounded.scan(all)).isEqualTo(10);
        assertThat(bounded.stop()).isEqualTo(RESPONSES);
        new ResponseScanner(tracker).scan(packet(1, OK));
        assertThat(bounded.scan(all.skipBytes(10))).isEqualTo(5);
        assertThat(bounded.stop()).isEqualTo(END);
    }

    @Test
    void findsTheCursorFlagsWhereverBuffersEnd() {
        ByteBuf execute = packet(0, "17 01000000 01 01000000");
        for (int cut = 5; cut <= execute.readableBytes(); cut++) {
            TrackedSession split = new TrackedSession(CLASSIC);
            split.commands.scan(execute.slice(0, cut));
            split.commands.scan(execute.slice(cut, execute.readableBytes() - cut));

            split.server(1, "01", DEFINITION, "fe 0000 6200").isIdle();
        }
    }

    @Test
    void aShortExecutionHasNoCursorFlags() {
        session.client(0, "17 0100").client(0, "03 53454c454354").server(1, TrackedSession.ERR)
                .server(1, "01", DEFINITION, "fe 0000 4200").isBusy(4);
    }

    @Test
    void takesASetOfCommandsAsItIsNow() {
        Set<Command> set = EnumSet.of(Command.PING);
        CommandScanner own = new CommandScanner(new ResponseTracker(CLASSIC, ResponseObserver.NONE), set);
        set.clear();

        own.scan(packet(0, PING));

        assertThat(own.stop()).isEqualTo(INTERCEPTED);
    }

    private static final String KILL = "03 4b494c4c2032313437343833363438"; // KILL 2147483648

    private static CommandScanner killing(ResponseTracker tracker, Set<Command> intercepted) {
        return new CommandScanner(tracker, intercepted, new KillFinder(CLASSIC, 1L << 31),
                CommandScanner.DEFAULT_MAX_IN_FLIGHT);
    }

    @Test
    void stopsBeforeACompleteKillWhoseTurnItIs() {
        TrackedSession pipelined = new TrackedSession(CLASSIC);
        CommandScanner killing = killing(pipelined.tracker, Set.of());
        ByteBuf all = join(packet(0, PING), packet(0, KILL), packet(0, PING));

        assertThat(killing.scan(all)).isEqualTo(5);
        assertThat(killing.stop()).isEqualTo(RESPONSES);
        pipelined.server(1, OK);
        all.skipBytes(5);
        assertThat(killing.scan(all)).isZero();
        assertThat(killing.stop()).isEqualTo(Stop.KILL);
        assertThat(killing.packetBytes()).isEqualTo(20);
        killing.pass();
        assertThat(killing.scan(all)).isEqualTo(all.readableBytes());
        assertThat(pipelined.tracker.queries()).isEqualTo(1);
    }

    @Test
    void holdsBackWhatMayBecomeAKill() {
        CommandScanner killing = killing(session.tracker, Set.of());
        ByteBuf kill = packet(0, KILL);
        for (int length = 1; length < kill.readableBytes(); length++) {
            assertThat(killing.scan(kill.slice(0, length))).isZero();
            assertThat(killing.stop()).isEqualTo(PARTIAL);
        }
        assertThat(killing.scan(kill)).isZero();
        assertThat(killing.stop()).isEqualTo(Stop.KILL);

        ByteBuf select = packet(0, SELECT);
        assertThat(killing.scan(select.slice(0, 5))).as("without a letter of the text").isZero();
        assertThat(killing.scan(select.slice(0, 6))).isEqualTo(6);
    }

    @Test
    void theScriptIsAskedBeforeAKill() {
        CommandScanner killing = killing(session.tracker, Set.of(Command.QUERY));
        ByteBuf kill = packet(0, KILL);

        assertThat(killing.scan(kill)).isZero();
        assertThat(killing.stop()).isEqualTo(INTERCEPTED);
        killing.pass();
        assertThat(killing.scan(kill)).isEqualTo(kill.readableBytes());
    }
}
