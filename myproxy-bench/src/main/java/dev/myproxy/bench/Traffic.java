package dev.myproxy.bench;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.Lenenc;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.Packets;
import dev.myproxy.protocol.ServerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Packets as a client of today and MariaDB send them, with DEPRECATE_EOF, in direct memory as from a socket. They are read
 * again and again and never released.
 */
final class Traffic {

    static final Capabilities CAPABILITIES = Capabilities.of(Capability.PROTOCOL_41, Capability.TRANSACTIONS,
            Capability.MULTI_RESULTS, Capability.PS_MULTI_RESULTS, Capability.LOCAL_FILES, Capability.SESSION_TRACK,
            Capability.DEPRECATE_EOF);

    /** Makes buffers that may be forgotten. */
    static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    /** Bytes of the only column of each row. */
    static final int VALUE_BYTES = 120;

    private static final int VAR_STRING = 0xfd;
    private static final int UTF8MB4 = 45;

    private int sequenceId;
    private final ByteBuf bytes = ALLOCATOR.directBuffer();

    private Traffic() {}

    /** {@code SELECT} of one row by its key. */
    static ByteBuf pointSelect() {
        return command(Command.QUERY, "SELECT c FROM sbtest1 WHERE id=499284");
    }

    /** COM_PING. */
    static ByteBuf ping() {
        return command(Command.PING, "");
    }

    /** An execution of a prepared statement with one parameter, an INT. */
    static ByteBuf execute() {
        return new Traffic().packet(to -> to.writeByte(Command.STMT_EXECUTE.code()).writeIntLE(1).writeByte(0)
                .writeIntLE(1).writeByte(0).writeByte(1).writeShortLE(3).writeIntLE(499_284)).bytes;
    }

    private static ByteBuf command(Command command, String text) {
        return new Traffic().packet(to -> to.writeByte(command.code())
                .writeBytes(text.getBytes(StandardCharsets.UTF_8))).bytes;
    }

    /** The answer to a command without a result. */
    static ByteBuf ok() {
        Traffic traffic = new Traffic();
        traffic.sequenceId = 1;
        return traffic.packet(to -> OkPacket.of(ServerStatus.AUTOCOMMIT).write(to, CAPABILITIES)).bytes;
    }

    /** A result of one column, as text. */
    static ByteBuf textResult(int rows) {
        return result(rows, to -> Lenenc.writeString(to, ByteString.of("x".repeat(VALUE_BYTES))));
    }

    /** A result of one column, as prepared statements give it. */
    static ByteBuf binaryResult(int rows) {
        return result(rows, to -> Lenenc.writeString(to.writeZero(2), ByteString.of("x".repeat(VALUE_BYTES))));
    }

    private static ByteBuf result(int rows, Consumer<ByteBuf> row) {
        Traffic traffic = new Traffic();
        traffic.sequenceId = 1;
        traffic.packet(to -> Lenenc.write(to, 1)).packet(Traffic::definition);
        for (int i = 0; i < rows; i++) {
            traffic.packet(row);
        }
        return traffic
                .packet(to -> to.writeByte(0xfe).writeZero(2).writeShortLE(ServerStatus.AUTOCOMMIT).writeZero(2)).bytes;
    }

    private static void definition(ByteBuf to) {
        for (String name : new String[]{"def", "sbtest", "sbtest1", "sbtest1", "c", "c"}) {
            Lenenc.writeString(to, ByteString.of(name));
        }
        to.writeByte(12).writeShortLE(UTF8MB4).writeIntLE(4 * VALUE_BYTES).writeByte(VAR_STRING).writeShortLE(1)
                .writeByte(0).writeZero(2);
    }

    private Traffic packet(Consumer<ByteBuf> payload) {
        ByteBuf packet = Packets.frame(bytes.alloc(), sequenceId++, payload);
        bytes.writeBytes(packet);
        packet.release();
        return this;
    }
}
