package dev.myproxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.Exchange.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random conversations between a client that sends ahead, the scanners, and a server, all in turns drawn by lot and with
 * bytes that arrive in pieces. Whatever the pieces, every payload reaches its receiver in order, every response is
 * reported once and as what it was, and the sequence id for a packet of ours is the one that the client expects.
 */
class ConversationTest {

    private static final List<Capabilities> CAPABILITIES = List.of(TrackedSession.CLASSIC, TrackedSession.MODERN,
            TrackedSession.CLASSIC.with(Capability.OPTIONAL_RESULTSET_METADATA),
            TrackedSession.MODERN.with(Capability.OPTIONAL_RESULTSET_METADATA),
            TrackedSession.CLASSIC.with(Capability.PROGRESS, Capability.CACHE_METADATA),
            TrackedSession.MODERN.with(Capability.PROGRESS, Capability.CACHE_METADATA));

    /** Bytes that arrive at once, at most. */
    private static final List<Integer> PIECES = List.of(1, 2, 7, 100, 100_000);

    private static final int MAX_TURNS = 3_000_000;

    static Stream<int[]> seeds() {
        return IntStream.range(0, CAPABILITIES.size()).boxed().flatMap(capabilities -> PIECES.stream()
                .flatMap(piece -> IntStream.range(0, 4).mapToObj(seed -> new int[]{capabilities, piece, seed})));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysInStep(int[] seed) {
        new Conversation(new Random(seed[2]), CAPABILITIES.get(seed[0]), seed[1]).run();
    }

    private static final class Conversation {

        private final Random random;
        private final int piece;
        private final TrackedSession session;
        private final List<Exchange> exchanges = new ArrayList<>();
        private final List<String> expected = new ArrayList<>();

        private final Deque<Step> sentByClient = new ArrayDeque<>();
        private final ByteBuf fromClient = Unpooled.buffer();
        private final ByteBuf held = Unpooled.buffer();
        private final ByteBuf atServer = Unpooled.buffer();
        private final ByteBuf fromServer = Unpooled.buffer();
        private final ByteBuf atClient = Unpooled.buffer();

        /** The client's view: the exchange being answered, its next step, the next command to send. */
        private int answering;
        private int step = 1;
        private int sending;
        private int sequenceId;
        /** The server's view. */
        private int serving;
        private int serverStep;
        private int serverSequenceId;
        private int interceptions;

        Conversation(Random random, Capabilities capabilities, int piece) {
            this.random = random;
            this.piece = piece;
            this.session = new TrackedSession(capabilities, Command.INIT_DB);
            ExchangeGenerator generator = new ExchangeGenerator(random, capabilities);
            for (int i = 0; i < 60; i++) {
                exchanges.add(generator.next());
            }
        }

        void run() {
            for (int turn = 0; answering < exchanges.size(); turn++) {
                assertThat(turn).as("turns; nothing moves any more").isLessThan(MAX_TURNS);
                switch (random.nextInt(4)) {
                    case 0 -> send();
                    case 1 -> arriveFromClient();
                    case 2 -> serve();
                    default -> arriveFromServer();
                }
            }
            session.isIdle();
            assertThat(session.ended).extracting(text -> text.replaceFirst(" (ok|failed) .*", " $1"))
                    .isEqualTo(expected);
            assertThat(interceptions).isEqualTo(
                    (int) exchanges.stream().filter(exchange -> exchange.command() == Command.INIT_DB).count());
        }

        /** The client sends its next command, up to a few ahead, or the data that the server waits for. */
        private void send() {
            if (sending < exchanges.size() && sending - answering < 6
                    && (sending == answering || !exchanges.get(sending - 1).needsClientData())) {
                Exchange next = exchanges.get(sending++);
                write(fromClient, 0, next.steps().getFirst().payload());
                sentByClient.add(next.steps().getFirst());
                skipSilent();
            } else if (answering < sending && step < current().steps().size()
                    && !current().steps().get(step).fromServer()) {
                Step data = current().steps().get(step++);
                write(fromClient, ++sequenceId, data.payload());
                sentByClient.add(data);
            }
        }

        private void arriveFromClient() {
            move(fromClient, held);
            forward();
        }

        private void forward() {
            int passing = session.commands.scan(held.slice());
            atServer.writeBytes(held, passing);
            switch (session.commands.stop()) {
                case END -> assertThat(held.isReadable()).isFalse();
                case PARTIAL -> assertThat(held.readableBytes()).isBetween(1, 4);
                case RESPONSES -> assertThat(session.tracker.idle()).isFalse();
                case KILL -> throw new AssertionError("nobody looks for it");
                case INTERCEPTED -> {
                    assertThat(session.tracker.idle()).isTrue();
                    assertThat(session.commands.command()).isEqualTo(Command.INIT_DB);
                    if (held.readableBytes() >= session.commands.packetBytes()) {
                        interceptions++;
                        session.commands.pass();
                        forward();
                    }
                }
            }
        }

        /** The server takes the next whole payload and sends what it has to say then. */
        private void serve() {
            if (atServer.readableBytes() < 4 || atServer.readableBytes() < 4 + atServer.getUnsignedMediumLE(
                    atServer.readerIndex())) {
                return;
            }
            int length = atServer.readUnsignedMediumLE();
            serverSequenceId = atServer.readUnsignedByte();
            Step received = sentByClient.remove();
            assertThat(ByteString.read(atServer, length)).isEqualTo(received.payload());
            Exchange exchange = exchanges.get(serving);
            assertThat(exchange.steps().get(serverStep++)).isSameAs(received);
            while (serverStep < exchange.steps().size() && exchange.steps().get(serverStep).fromServer()) {
                write(fromServer, ++serverSequenceId, exchange.steps().get(serverStep++).payload());
            }
            if (serverStep == exchange.steps().size()) {
                serving++;
                serverStep = 0;
                if (exchange.hasResponse()) {
                    expected.add(exchange.command() + (exchange.failed() ? " failed" : " ok"));
                }
            }
        }

        private void arriveFromServer() {
            ByteBuf arrived = Unpooled.buffer();
            move(fromServer, arrived);
            session.responses.scan(arrived);
            assertThat(session.responses.forwardableBytes()).isEqualTo(arrived.readableBytes());
            atClient.writeBytes(arrived);
            receive();
            forward();
            if (session.responses.betweenPackets() && !fromClient.isReadable() && !held.isReadable()) {
                int expectedId = answering == sending ? 0 : step == 1 ? 1 : Packets.next(sequenceId);
                assertThat(session.tracker.nextSequenceId()).isEqualTo(expectedId);
            }
        }

        /** The client takes whole packets and compares them with those that the server meant for it. */
        private void receive() {
            while (atClient.readableBytes() >= 4
                    && atClient.readableBytes() >= 4 + atClient.getUnsignedMediumLE(atClient.readerIndex())) {
                int length = atClient.readUnsignedMediumLE();
                sequenceId = atClient.readUnsignedByte();
                Step next = current().steps().get(step++);
                assertThat(next.fromServer()).isTrue();
                assertThat(ByteString.read(atClient, length)).isEqualTo(next.payload());
                skipSilent();
            }
        }

        private void skipSilent() {
            while (answering < sending && step == current().steps().size()) {
                answering++;
                step = 1;
            }
        }

        private Exchange current() {
            return exchanges.get(answering);
        }

        private void move(ByteBuf from, ByteBuf to) {
            int bytes = Math.min(from.readableBytes(), 1 + random.nextInt(piece));
            to.discardReadBytes();
            to.writeBytes(from, bytes);
        }

        private static void write(ByteBuf to, int sequenceId, ByteString payload) {
            payload.writeTo(to.writeMediumLE(payload.length()).writeByte(sequenceId));
        }
    }
}
