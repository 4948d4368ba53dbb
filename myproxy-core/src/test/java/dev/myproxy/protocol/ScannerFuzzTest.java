package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whatever peers send, the scanners go on or throw the protocol's exception, and what they find does not depend on where
 * buffers begin and end.
 *
 * <pre>
 * 2  capabilities
 * 1  how streams are cut
 * 1  bit 0: whether COM_INIT_DB and COM_QUERY are intercepted, bit 1: whether KILL is; all are let go then
 *    -- then turns
 * 1  bit 7: whose turn, 0 the client's; below: how many bytes
 * n  what is sent
 * </pre>
 */
class ScannerFuzzTest {

    private static final int HEADER = FuzzedFlags.BYTES + 2;
    private static final int SERVER = 0x80;

    @FuzzTest
    void conversation(byte[] input) {
        if (input.length >= HEADER) {
            Trace whole = follow(input, 0);
            assertThat(follow(input, input[FuzzedFlags.BYTES] & 0xff)).isEqualTo(whole);
        }
    }

    /** What the scanners found: a line per response, and how things stood after each turn. */
    private record Trace(List<String> responses, List<State> states) {}

    /** How things stand. After an exception nothing is compared but that there was one. */
    private record State(boolean idle, int inFlight, boolean data, int nextSequenceId, int status, boolean quitting,
            boolean leaving, long errors, long commandPackets, long responsePackets, boolean betweenCommands,
            boolean betweenResponses, int held) {

        static final State MALFORMED = new State(false, 0, false, 0, 0, false, false, 0, 0, 0, false, false, 0);
    }

    private static Trace follow(byte[] input, int cut) {
        Capabilities capabilities = FuzzedFlags.of(input, 0).with(Capability.PROTOCOL_41);
        int options = input[FuzzedFlags.BYTES + 1];
        Run run = new Run(capabilities, (options & 1) != 0 ? EnumSet.of(Command.INIT_DB, Command.QUERY) : Set.of(),
                (options & 2) != 0 ? new KillFinder(capabilities, 0) : KillFinder.NONE);
        int at = HEADER;
        while (at < input.length && !run.malformed) {
            int turn = input[at++] & 0xff;
            int end = Math.min(input.length, at + (turn & ~SERVER));
            ByteBuf stream = FuzzedStream.of(Arrays.copyOfRange(input, at, end));
            at = end;
            for (ByteBuf piece : FuzzedStream.cut(stream, cut)) {
                if (run.malformed) {
                    break;
                } else if (turn < SERVER) {
                    run.client(piece);
                } else {
                    run.server(piece);
                }
            }
            run.turnOver();
        }
        return run.trace;
    }

    /** Both scanners, and what they have not let go. */
    private static final class Run {

        private final Trace trace = new Trace(new ArrayList<>(), new ArrayList<>());
        private final KillFinder kills;
        private final ResponseTracker tracker;
        private final CommandScanner commands;
        private final ResponseScanner responses;
        private ByteBuf held = Unpooled.EMPTY_BUFFER;
        private boolean malformed;

        Run(Capabilities capabilities, Set<Command> intercepted, KillFinder kills) {
            this.kills = kills;
            tracker = new ResponseTracker(capabilities,
                    (command, failed, code, status, rows, warnings) -> trace.responses().add(
                            command + " " + failed + " " + code + " " + status + " " + rows + " " + warnings));
            commands = new CommandScanner(tracker, intercepted, kills, CommandScanner.DEFAULT_MAX_IN_FLIGHT);
            responses = new ResponseScanner(tracker);
        }

        void client(ByteBuf piece) {
            held = held.isReadable() ? Unpooled.wrappedBuffer(held, piece) : piece;
            forward();
        }

        private void forward() {
            while (true) {
                int passed = commands.scan(held);
                assertThat(passed).isBetween(0, held.readableBytes());
                held.skipBytes(passed);
                switch (commands.stop()) {
                    case END -> {
                        assertThat(held.isReadable()).isFalse();
                        return;
                    }
                    case PARTIAL -> {
                        assertThat(held.readableBytes()).isLessThanOrEqualTo(
                                Packets.HEADER_BYTES + (kills.equals(KillFinder.NONE) ? 0 : KillFinder.MAX_BYTES));
                        return;
                    }
                    case RESPONSES -> {
                        assertThat(tracker.idle()).isFalse();
                        return;
                    }
                    case KILL -> {
                        ByteBuf payload = held.slice(held.readerIndex() + Packets.HEADER_BYTES,
                                commands.packetBytes() - Packets.HEADER_BYTES);
                        assertThat(kills.find(payload)).isPresent();
                        commands.pass();
                    }
                    case INTERCEPTED -> {
                        assertThat(tracker.idle()).isTrue();
                        assertThat(commands.packetBytes())
                                .isEqualTo(Packets.HEADER_BYTES + held.getUnsignedMediumLE(held.readerIndex()));
                        commands.pass();
                    }
                }
            }
        }

        void server(ByteBuf piece) {
            try {
                responses.scan(piece);
                assertThat(responses.forwardableBytes()).isEqualTo(piece.readableBytes());
                assertThat(responses.missingBytes() > 0).isEqualTo(!responses.betweenPackets());
            } catch (MalformedPacketException _) {
                malformed = true;
                assertThat(responses.forwardableBytes()).isBetween(0, piece.readableBytes());
            }
        }

        /** Commands that waited go now, not earlier: else it would matter where the server's bytes are cut. */
        void turnOver() {
            if (!malformed) {
                forward();
            }
            trace.states().add(state());
        }

        private State state() {
            return malformed
                    ? State.MALFORMED
                    : new State(tracker.idle(), tracker.inFlight(), tracker.expectsClientData(),
                            tracker.nextSequenceId(), tracker.serverStatus(), tracker.isQuitting(),
                            tracker.isServerLeaving(), tracker.errors(), commands.packets(), responses.packets(),
                            commands.betweenPackets(), responses.betweenPackets(), held.readableBytes());
        }
    }
}
