package dev.myproxy.session;

import dev.myproxy.protocol.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Looks at packet headers, and puts new ones before payloads that go on as they are. */
final class Frames {

    private static final int SEQUENCE_ID = 3;

    /** Up to here copying is less than writing two buffers. */
    private static final int COPIED_BYTES = 1024;

    private Frames() {}

    /** The payload length that the header at the beginning of a buffer tells. */
    static int payloadLength(ByteBuf data) {
        return data.getUnsignedMediumLE(data.readerIndex());
    }

    /** The sequence id that the header at the beginning of a buffer tells. */
    static int sequenceId(ByteBuf data) {
        return data.getUnsignedByte(data.readerIndex() + SEQUENCE_ID);
    }

    /** A packet made of a new header and an old payload, which is taken over and shorter than 16 MiB - 1. */
    static ByteBuf frame(ByteBufAllocator alloc, int sequenceId, ByteBuf payload) {
        if (payload.readableBytes() <= COPIED_BYTES) {
            ByteBuf packet = Packets.frame(alloc, sequenceId, to -> to.writeBytes(payload));
            payload.release();
            return packet;
        }
        ByteBuf header = alloc.ioBuffer(Packets.HEADER_BYTES);
        header.writeMediumLE(payload.readableBytes()).writeByte(sequenceId);
        return alloc.compositeBuffer(2).addComponent(true, header).addComponent(true, payload);
    }
}
