package dev.myproxy.it.same;

import dev.myproxy.peers.Packet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what no two connections have in common:
 *
 * <ul>
 * <li>the statement's id in the OK packet of COM_STMT_PREPARE, four bytes: MariaDB counts over all connections;
 * <li>the same id in the texts of ERR 1243 and 1421, if it is one that this connection has got;
 * <li>the numbers in the answer to COM_STATISTICS;
 * <li>MariaDB's proof in the OK packet of a login that it knows the password, 64 hexadecimal digits that depend on the salt;
 * <li>an ERR of the daemon's, "Error on connection to server" or "Server closed the connection", in front of the end of the connection, where the server ends
 * it without a word while a command waits for its answer;
 * <li>the sequence id of the packet that ends a login or COM_CHANGE_USER, because the two sides authenticate by different
 * plugins.
 * </ul>
 *
 * Connection ids and salts stand in the greeting, which is not compared, and scripts must not ask for them.
 */
final class Mask {

    private static final int PREPARE = 0x16;
    private static final int STATISTICS = 0x09;
    private static final int UNKNOWN_STATEMENT = 1243;
    private static final int NO_CURSOR = 1421;
    private static final int END_OF_SERVER_CODE = 1047;
    private static final Set<String> END_OF_SERVER = Set.of("Error on connection to server",
            "Server closed the connection");
    private static final int ERR_TEXT_AT = 9;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Pattern STATEMENT_ID = Pattern.compile("(?<=(handler|statement) \\()[0-9]+(?=\\))");

    /** The text of an OK packet: its length, if it has one, a byte that tells what it is, and the digits. */
    private static final Pattern PROOF = Pattern.compile("\\x01([0-9A-F]{64})");

    private Mask() {}

    /**
     * Masks a packet of a response.
     *
     * @param command   the first byte of the command, -1 if it had none
     * @param first     whether this is the first packet of the response
     * @param statements ids that this connection has got
     */
    static Packet apply(Packet packet, int command, boolean first, Collection<Long> statements) {
        if (first && command == PREPARE && packet.isOk() && packet.length() >= 12) {
            byte[] payload = packet.payload().clone();
            for (int i = 1; i <= 4; i++) {
                payload[i] = 0;
            }
            return new Packet(packet.sequence(), packet.length(), payload);
        }
        if (first && command == STATISTICS && packet.first() == 'U') {
            return withText(packet, 0, NUMBER.matcher(text(packet, 0)).replaceAll("N"));
        }
        if (packet.isErr() && packet.length() > ERR_TEXT_AT && tellsStatement(packet.err().code())) {
            Matcher matcher = STATEMENT_ID.matcher(text(packet, ERR_TEXT_AT));
            if (matcher.find() && statements.contains(Long.parseLong(matcher.group()))) {
                return withText(packet, ERR_TEXT_AT, matcher.replaceAll("its id"));
            }
        }
        return packet;
    }

    private static boolean tellsStatement(int code) {
        return code == UNKNOWN_STATEMENT || code == NO_CURSOR;
    }

    /**
     * Whether the daemon says that the server has ended the connection while a command waited for its answer. Directly the
     * client sees but the end.
     */
    static boolean isEndOfServer(Packet packet) {
        return packet.isErr() && packet.err().code() == END_OF_SERVER_CODE
                && END_OF_SERVER.contains(packet.err().message());
    }

    /** Masks the packet that ends an authentication. */
    static Packet authenticated(Packet packet) {
        byte[] payload = packet.payload().clone();
        Matcher matcher = PROOF.matcher(text(packet, 0));
        if (packet.isOk() && matcher.find()) {
            Arrays.fill(payload, matcher.start(1), matcher.end(1), (byte) '0');
        }
        return new Packet(0, packet.length(), payload);
    }

    private static String text(Packet packet, int at) {
        return new String(packet.payload(), at, packet.payload().length - at, StandardCharsets.ISO_8859_1);
    }

    private static Packet withText(Packet packet, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] payload = Arrays.copyOf(packet.payload(), at + bytes.length);
        System.arraycopy(bytes, 0, payload, at, bytes.length);
        return new Packet(packet.sequence(), payload.length, payload);
    }
}
