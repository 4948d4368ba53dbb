package dev.myproxy.session;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.FuzzedFlags;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the bytes of a fuzz test's input mean for a session: how it begins, and what the peers, the script and the clock do
 * then, step by step.
 *
 * <pre>
 * 1  handlers, from bit 0 on: connect, command phase, init_db, query, disconnect;
 *    bit 5: sockets take few bytes; bit 6: the script takes its time; bit 7: it changes and refuses things
 * 1  bit 0: the login is part of the input; bits 1 to 6: how many bytes a read gets at most, 0 for all;
 *    bit 7: the listener's options are strict
 * 2  capabilities of the client, see FuzzedFlags
 *    -- then steps
 * 1  bits 0 to 3: what; bits 4 to 7: argument
 *      0, 1   packet of the client, of the server; the argument is the sequence id; length (1 byte) and payload follow
 *      2, 3   bytes of the client, of the server; length (1 byte) and bytes follow
 *      4, 5   one of 16 well-known packets of the client, of the server
 *      6      one of 16 events
 *      7      a large packet: bit 4 the server's, above: its size
 * </pre>
 */
record SessionInput(Handlers handlers, boolean small, boolean deferring, boolean altering, boolean fromTheBeginning,
        int most, Capabilities capabilities, List<Step> steps) {

    private static final int HEADER = 4;
    /** Below and above what sockets of a test take, and what commands that the proxy takes itself may have. */
    private static final int[] SIZES = {30, 100, 300, 900, 2000, 5000, 9000, 70_000};
    /** What all the steps together send. */
    private static final int MOST_BYTES = 150_000;
    private static final ListenOptions STRICT = ListenOptions.builder().maxQueryBytes(ListenOptions.MIN_QUERY_BYTES)
            .maxPendingLogins(1).idleTimeout(Duration.ofSeconds(30)).writeTimeout(Duration.ofSeconds(20))
            .localInfile(false).build();
    private static final Handler[] HANDLERS = {Handler.CONNECT, Handler.COMMAND_PHASE, Handler.INIT_DB, Handler.QUERY,
            Handler.DISCONNECT};

    /** A step. */
    sealed interface Step {

        /** How many bytes are sent. */
        default int size() {
            return 0;
        }

        /** The client sends. */
        @SuppressWarnings("ArrayRecordComponent") // is never compared
        record Client(byte[] bytes) implements Step {

            @Override
            public int size() {
                return bytes.length;
            }
        }

        /** The server sends. */
        @SuppressWarnings("ArrayRecordComponent") // is never compared
        record Server(byte[] bytes) implements Step {

            @Override
            public int size() {
                return bytes.length;
            }
        }

        /** Something else happens. */
        record Happens(Event event) implements Step {}
    }

    /** What happens besides that peers send. */
    enum Event {
        CLIENT_CLOSES, SERVER_CLOSES, CLIENT_RESETS, SERVER_RESETS, CLIENT_BLOCKS, CLIENT_UNBLOCKS, SERVER_BLOCKS,
        SERVER_UNBLOCKS, SCRIPT_ANSWERS, SERVERS_REFUSE, SECOND_PASSES, LOGIN_TIME_PASSES, MINUTE_PASSES, KILLED,
        SHUT_DOWN, NOTHING
    }

    static SessionInput of(byte[] input) {
        byte[] bytes = Arrays.copyOf(input, Math.max(HEADER, input.length));
        List<Handler> handlers = new ArrayList<>();
        for (int i = 0; i < HANDLERS.length; i++) {
            if (bit(bytes[0], i)) {
                handlers.add(HANDLERS[i]);
            }
        }
        ListenOptions options = bit(bytes[1], 7) ? STRICT : ListenOptions.DEFAULT;
        return new SessionInput(new Handlers(1, Set.copyOf(handlers), options), bit(bytes[0], 5), bit(bytes[0], 6),
                bit(bytes[0], 7), bit(bytes[1], 0), (bytes[1] & 0x7f) >> 1, FuzzedFlags.of(bytes, 2), steps(bytes));
    }

    private static boolean bit(byte value, int bit) {
        return (value >> bit & 1) != 0;
    }

    private static List<Step> steps(byte[] bytes) {
        List<Step> steps = new ArrayList<>();
        ByteBuf rest = Unpooled.wrappedBuffer(bytes).skipBytes(HEADER);
        int sent = 0;
        while (rest.isReadable() && sent < MOST_BYTES) {
            int code = rest.readUnsignedByte();
            Step step = step(code & 7, code >> 4, rest);
            steps.add(step);
            sent += step.size();
        }
        return steps;
    }

    private static Step step(int what, int argument, ByteBuf rest) {
        return switch (what) {
            case 0 -> new Step.Client(WellKnownPackets.packet(argument, counted(rest)));
            case 1 -> new Step.Server(WellKnownPackets.packet(argument, counted(rest)));
            case 2 -> new Step.Client(counted(rest));
            case 3 -> new Step.Server(counted(rest));
            case 4 -> new Step.Client(WellKnownPackets.CLIENT.get(argument));
            case 5 -> new Step.Server(WellKnownPackets.SERVER.get(argument));
            case 6 -> new Step.Happens(Event.values()[argument]);
            default -> large((argument & 1) != 0, SIZES[argument >> 1]);
        };
    }

    private static Step large(boolean server, int size) {
        byte[] payload = new byte[size];
        payload[0] = (byte) (server ? 0x04 : 0x03);
        byte[] packet = WellKnownPackets.packet(server ? 3 : 0, payload);
        return server ? new Step.Server(packet) : new Step.Client(packet);
    }

    private static byte[] counted(ByteBuf rest) {
        byte[] bytes = new byte[rest.isReadable() ? Math.min(rest.readUnsignedByte(), rest.readableBytes()) : 0];
        rest.readBytes(bytes);
        return bytes;
    }
}
