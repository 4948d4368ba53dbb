package dev.myproxy.peers;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A client's whole life at a proxy, from the greeting to COM_QUIT, in which every packet after the greeting tells who the
 * client is: bytes that belong to somebody else are seen by the client and by {@link ConversationServer}.
 *
 * <p>A {@linkplain #record first run} that nothing disturbs tells what a client must get. Whatever happens to another run,
 * {@link #complaint} knows whether what its client got may be.
 */
public final class Conversation {

    /** How long names are: all of them have the same length, so that all conversations have the same bytes otherwise. */
    public static final int NAME_LENGTH = 7;

    private static final String FIRST = "c000000";

    /**
     * A message of the client and the packets that answer it.
     *
     * @param name    of the phase, for messages
     * @param frames  the client's packets
     * @param first   sequence id of the first of them, -1 if there is none
     * @param answers how many packets the client then waits for
     */
    @SuppressWarnings("ArrayRecordComponent") // Steps are never compared.
    private record Step(String name, byte[] frames, int first, int answers) {}

    private final UnaryOperator<String> user;
    private final List<Packet> expected;

    private Conversation(UnaryOperator<String> user, List<Packet> expected) {
        this.user = user;
        this.expected = expected;
    }

    /**
     * Holds the conversation that others are compared with.
     *
     * @param user makes the user name in the login of a client's name
     */
    public static Conversation record(Address proxy, UnaryOperator<String> user) throws IOException {
        Heard heard = play(proxy, steps(user, FIRST), Wire.LIMIT);
        int wanted = steps(user, FIRST).stream().mapToInt(Step::answers).sum();
        if (heard.packets().size() != wanted || heard.ending() != Heard.Ending.END || heard.tail().length > 0
                || heard.packets().stream().anyMatch(Packet::isErr)) {
            throw new AssertionError("a conversation that nothing disturbs went wrong: " + heard);
        }
        return new Conversation(user, heard.packets());
    }

    /** The same conversation with other user names in the login, of any length. */
    public Conversation asUser(UnaryOperator<String> other) {
        return new Conversation(other, expected);
    }

    /** The name of the client with a number. */
    public static String name(int number) {
        return "c%06d".formatted(number);
    }

    static String password(String name) {
        return "secret of " + name;
    }

    /** Holds a conversation; whatever disturbs it shows in what was heard. */
    public Heard play(Address proxy, String name, Duration limit) throws IOException {
        return play(proxy, steps(user, name), limit);
    }

    /** How a client leaves in the middle of its life. */
    public enum Leave {
        CLOSE, RESET, HALF_CLOSE
    }

    /** How many bytes the client sends in a conversation that nothing disturbs. */
    public int clientBytes() {
        return clientBytes(FIRST).length;
    }

    private byte[] clientBytes(String name) {
        PayloadWriter all = new PayloadWriter();
        steps(user, name).forEach(step -> all.bytes(step.frames()));
        return all.toByteArray();
    }

    /**
     * Sends the first bytes of a conversation without waiting for any answer, waits for a number of packets, and leaves.
     *
     * @return what came; a client that closes half of its connection reads on to the end of the other half
     */
    public Heard leave(Address proxy, String name, int bytes, int packets, Leave how, Duration limit)
            throws IOException {
        try (Wire wire = new Wire(Endpoints.connect(proxy))) {
            wire.limit(limit);
            Hearing hearing = new Hearing(wire);
            try {
                wire.write(ByteBuffer.wrap(clientBytes(name), 0, bytes));
                hearing.await(packets);
                if (how == Leave.RESET) {
                    wire.reset();
                } else if (how == Leave.HALF_CLOSE) {
                    wire.shutdownOutput();
                    return hearing.toEnd();
                }
            } catch (IOException _) {
                // The other side was the first to go.
            }
            return hearing.soFar();
        }
    }

    /** What is wrong with what a client got: nothing if it is all that it should get, or the beginning of that and an ERR. */
    public Optional<String> complaint(String name, Heard heard) {
        List<Packet> packets = heard.packets();
        for (int i = 0; i < packets.size(); i++) {
            Packet packet = packets.get(i);
            if (i >= expected.size()) {
                return Optional.of("one more packet than there should be: " + packet);
            }
            if (i > 0 && !packet.equals(expectedBy(name, i))) {
                return i == packets.size() - 1 && packet.isErr()
                        ? complaint(i, packet)
                        : Optional.of("packet " + i + " should be " + expectedBy(name, i) + ", not " + packet);
            }
        }
        return tailComplaint(name, heard);
    }

    /** Whether a client got all that it should get. */
    public boolean isComplete(Heard heard) {
        return heard.packets().size() == expected.size() && !heard.packets().getLast().isErr();
    }

    private Optional<String> complaint(int index, Packet packet) {
        Err err = packet.err();
        int expectedId = expected.get(index).sequence();
        // The client may have been cut off while it sent its packets: then the id behind the last complete one is right.
        if (packet.sequence() > expectedId || packet.sequence() < earliestSequence(index)) {
            return Optional.of("sequence id should be " + expectedId + ": " + packet.sequence() + ", " + err);
        }
        return err.code() < 1000 || err.sqlState().length() != 5 || err.message().isBlank()
                ? Optional.of("not a good ERR packet: " + err)
                : Optional.empty();
    }

    private int earliestSequence(int index) {
        int packets = 0;
        for (Step step : steps(user, FIRST)) {
            if (packets == index) {
                return step.first();
            }
            packets += step.answers();
            if (packets > index) {
                break;
            }
        }
        return expected.get(index).sequence();
    }

    private Optional<String> tailComplaint(String name, Heard heard) {
        int next = heard.packets().size();
        byte[] tail = heard.tail();
        if (tail.length == 0 || next == 0) {
            return Optional.empty();
        }
        if (next < expected.size()) {
            Packet packet = expectedBy(name, next);
            if (startsWith(PacketStream.frame(packet.sequence(), packet.payload()), tail)) {
                return Optional.empty();
            }
        }
        // It may be a part of an ERR packet, which the network has cut.
        return tail.length <= 4 || (tail[4] & 0xff) == 0xff
                ? Optional.empty()
                : Optional.of("bytes that nobody should send: " + Arrays.toString(tail));
    }

    private static boolean startsWith(byte[] all, byte[] beginning) {
        return beginning.length <= all.length
                && Arrays.equals(all, 0, beginning.length, beginning, 0, beginning.length);
    }

    private Packet expectedBy(String name, int index) {
        Packet packet = expected.get(index);
        byte[] payload = new String(packet.payload(), StandardCharsets.ISO_8859_1).replace(FIRST, name)
                .getBytes(StandardCharsets.ISO_8859_1);
        return new Packet(packet.sequence(), packet.length(), payload);
    }

    private static Heard play(Address proxy, List<Step> steps, Duration limit) throws IOException {
        try (Wire wire = new Wire(Endpoints.connect(proxy))) {
            wire.limit(limit);
            Hearing hearing = new Hearing(wire);
            int packets = 0;
            for (Step step : steps) {
                try {
                    wire.write(ByteBuffer.wrap(step.frames()));
                } catch (IOException _) {
                    // Broken: what was sent to the client before can still be read, unless it was a reset.
                    break;
                }
                packets += step.answers();
                if (!hearing.await(packets)) {
                    break;
                }
            }
            return hearing.toEnd();
        }
    }

    private static List<Step> steps(UnaryOperator<String> user, String name) {
        Login login = Login.clear(user.apply(name), "").withAuth("caching_sha2_password", new byte[32])
                .with(Flags.LOCAL_FILES);
        byte[] password = Scrambles.clear(password(name));
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("greeting", new byte[0], -1, 1));
        steps.add(new Step("handshake response", PacketStream.frame(1, login.write()), 1, 1));
        steps.add(new Step("full authentication", PacketStream.frame(3, password), 3, 1));
        steps.add(command("results", Command.QUERY.payload("MANY " + name), 10));
        steps.add(command("preparation", Command.STMT_PREPARE.payload("SELECT " + name), 3));
        steps.add(command("request of a file", Command.QUERY.payload("LOAD " + name), 1));
        steps.add(new Step("file", concat(PacketStream.frame(2, bytes("1\t" + name + "\n".repeat(50))),
                PacketStream.frame(3, bytes("2\t" + name)), PacketStream.frame(4, new byte[0])), 2, 1));
        steps.add(command("ping", Command.PING.payload(), 1));
        steps.add(command("change user", changeUser(user.apply(name), password), 1));
        steps.add(new Step("pipeline", concat(PacketStream.frame(0, Command.QUERY.payload("MANY " + name)),
                PacketStream.frame(0, Command.STMT_CLOSE.payload(new byte[4])),
                PacketStream.frame(0, Command.PING.payload())), 0, 11));
        steps.add(command("quit", Command.QUIT.payload(), 0));
        return steps;
    }

    private static Step command(String name, byte[] payload, int answers) {
        return new Step(name, PacketStream.frame(0, payload), 0, answers);
    }

    private static byte[] changeUser(String user, byte[] password) {
        return Command.CHANGE_USER.payload(new PayloadWriter().nulText(user).u8(password.length).bytes(password)
                .nulText("").u16(45).nulText("mysql_clear_password").lenenc(0).toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        PayloadWriter all = new PayloadWriter();
        for (byte[] part : parts) {
            all.bytes(part);
        }
        return all.toByteArray();
    }
}
