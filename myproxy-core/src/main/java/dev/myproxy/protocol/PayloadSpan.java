package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What is known of a payload whose packets are gathered in a buffer.
 *
 * @param packets         how many of its headers are there
 * @param payloadBytes    what these headers promise
 * @param firstSequenceId of the first of these headers; 0 if there is none
 * @param lastSequenceId  of the last of them
 * @param complete        whether all of its bytes are there
 */
public record PayloadSpan(int packets, long payloadBytes, int firstSequenceId, int lastSequenceId, boolean complete) {

    /** Looks at the readable bytes of a buffer, which begin with a packet's header; moves no index. */
    public static PayloadSpan of(ByteBuf data) {
        long at = data.readerIndex();
        int packets = 0;
        long payload = 0;
        int first = 0;
        int last = 0;
        int length = Packets.MAX_PAYLOAD_BYTES;
        while (length == Packets.MAX_PAYLOAD_BYTES && data.writerIndex() - at >= Packets.HEADER_BYTES) {
            length = data.getUnsignedMediumLE((int) at);
            last = data.getUnsignedByte((int) at + 3);
            first = packets == 0 ? last : first;
            packets++;
            payload += length;
            at += Packets.HEADER_BYTES + length;
        }
        return new PayloadSpan(packets, payload, first, last,
                length < Packets.MAX_PAYLOAD_BYTES && at <= data.writerIndex());
    }

    /** The bytes of all packets of a complete payload, headers included. */
    public int wireBytes() {
        return Math.toIntExact(payloadBytes + (long) packets * Packets.HEADER_BYTES);
    }

    /** A complete payload without its headers: a view of the buffer that {@link #of} looked at. */
    public ByteBuf payload(ByteBuf data) {
        int at = data.readerIndex() + Packets.HEADER_BYTES;
        if (packets == 1) {
            return data.slice(at, (int) payloadBytes);
        }
        ByteBuf[] parts = new ByteBuf[packets];
        int left = (int) payloadBytes;
        for (int i = 0; i < packets; i++) {
            int length = Math.min(left, Packets.MAX_PAYLOAD_BYTES);
            parts[i] = data.slice(at, length);
            at += length + Packets.HEADER_BYTES;
            left -= length;
        }
        return Unpooled.wrappedBuffer(parts);
    }
}
