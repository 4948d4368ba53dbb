package dev.myproxy.session;

import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Greeting;
import dev.myproxy.protocol.Hex;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Packets that inputs of fuzz tests name by a number, so that few bytes make a conversation. */
final class WellKnownPackets {

    private static final long ALL_LOW_FLAGS = 0xffffffffL & ~Flags.SSL;

    /** Of a client: commands, sequence id 0. */
    static final List<byte[]> CLIENT = List.of(
            packet(0, "03 53454c4543542031"), // SELECT 1
            packet(0, "0e"), // PING
            packet(0, "02 6462"), // INIT_DB
            packet(0, "16 53454c454354203f"), // STMT_PREPARE
            packet(0, "17 01000000 00 01000000 00 01 fd00 0161"), // STMT_EXECUTE
            packet(0, "17 01000000 01 01000000"), // with a cursor
            packet(0, "1c 01000000 05000000"), // STMT_FETCH
            packet(0, "19 01000000"), // STMT_CLOSE
            packet(0, "01"), // QUIT
            packet(0, "11 75736572 00 00 6462 00 2d00 6d7973716c5f636c6561725f70617373776f7264 00"), // CHANGE_USER
            packet(0, "1f"), // RESET_CONNECTION
            packet(0, "18 01000000 0000 6162"), // STMT_SEND_LONG_DATA
            packet(0, ""),
            packet(0, "09"), // STATISTICS
            packet(0, "04 7400"), // FIELD_LIST
            packet(0, "12 04000000 0000 01000000 62696e")); // BINLOG_DUMP

    /** Of a server. */
    static final List<byte[]> SERVER = List.of(
            packet(1, "00 00 00 0200 0000"), // OK
            packet(1, "00 00 00 0a00 0000"), // OK, more results
            packet(3, "fe 0000 0200"), // EOF
            packet(5, "fe 0000 0a00"), // EOF, more results
            packet(1, "ff 2804 23 3432303030 6e6f"), // ERR
            packet(1, "01"), // one column
            packet(2, "03 646566 00 00 00 01 31 00 0c 3f00 01000000 08 8100 00 0000"), // a definition
            packet(4, "01 31"), // a row
            packet(1, "00 01000000 0100 0100 00 0000"), // a prepared statement
            packet(1, "fb 66696c65"), // LOCAL INFILE
            packet(2, "fe 6d7973716c5f6e61746976655f70617373776f7264 00 6162636465666768696a6b6c6d6e6f7071727374 00"),
            packet(2, "01 04"), // AuthMoreData
            packet(4, "fe 00 00 0200 0000"), // OK at the end of rows
            packet(0, "ff bf0f 23 4859303030 6279 65"), // ERR that nobody asked for
            greeting(), result());

    private WellKnownPackets() {}

    static byte[] packet(int sequenceId, byte[] payload) {
        byte[] packet = new byte[payload.length + 4];
        packet[0] = (byte) payload.length;
        packet[1] = (byte) (payload.length >> 8);
        packet[2] = (byte) (payload.length >> 16);
        packet[3] = (byte) sequenceId;
        System.arraycopy(payload, 0, packet, 4, payload.length);
        return packet;
    }

    static byte[] packet(int sequenceId, String hex) {
        return packet(sequenceId, Hex.bytes(hex));
    }

    /** A server that has all that there is. */
    static byte[] greeting() {
        byte[] salt = Hex.bytes("6162636465666768696a6b6c6d6e6f7071727374");
        return packet(0, Greeting.mysql(salt).withCapabilities(ALL_LOW_FLAGS).write());
    }

    private static byte[] result() {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        for (byte[] packet : new byte[][]{packet(1, "01"),
                packet(2, "03 646566 00 00 00 01 31 00 0c 3f00 01000000 08 8100 00 0000"),
                packet(3, "fe 0000 0200"), packet(4, "01 31"), packet(5, "fe 0000 0200")}) {
            result.writeBytes(packet);
        }
        return result.toByteArray();
    }
}
