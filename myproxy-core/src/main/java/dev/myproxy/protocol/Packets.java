package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/**
 * Framing: a payload travels in one or more packets.
 *
 * <pre>
 * 3  length, little-endian; FFFFFF says that the payload goes on in the next packet, which may be empty
 * 1  sequence id, counts up in an exchange and wraps
 * n  payload
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html">Packets</a>
 */
public final class Packets {

    /** Bytes before each payload. */
    public static final int HEADER_BYTES = 4;

    /** The payload bytes of a packet whose payload goes on in the next one. */
    public static final int MAX_PAYLOAD_BYTES = 0xffffff;

    private Packets() {}

    /** The sequence id after this one. */
    public static int next(int sequenceId) {
        return (sequenceId + 1) & 0xff;
    }

    /**
     * Makes a packet; several if the payload is large.
     *
     * @param sequenceId of the first packet
     * @param payload    writes the payload
     * @return header and payload, owned by the caller
     */
    public static ByteBuf frame(ByteBufAllocator allocator, int sequenceId, Consumer<ByteBuf> payload) {
        ByteBuf packet = allocator.buffer();
        try {
            packet.writeZero(HEADER_BYTES);
            payload.accept(packet);
            int length = packet.readableBytes() - HEADER_BYTES;
            if (length >= MAX_PAYLOAD_BYTES) {
                return split(allocator, sequenceId, packet.skipBytes(HEADER_BYTES));
            }
            packet.setMediumLE(packet.readerIndex(), length).setByte(packet.readerIndex() + 3, sequenceId);
            return packet.retain();
        } finally {
            packet.release();
        }
    }

    private static ByteBuf split(ByteBufAllocator allocator, int sequenceId, ByteBuf payload) {
        int packets = payload.readableBytes() / MAX_PAYLOAD_BYTES + 1;
        ByteBuf split = allocator.buffer(payload.readableBytes() + packets * HEADER_BYTES);
        for (int i = 0; i < packets; i++) {
            int length = Math.min(MAX_PAYLOAD_BYTES, payload.readableBytes());
            split.writeMediumLE(length).writeByte(sequenceId + i).writeBytes(payload, length);
        }
        return split;
    }
}
