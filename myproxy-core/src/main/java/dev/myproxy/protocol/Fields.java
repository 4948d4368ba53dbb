package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/** Reads the fields of payloads: each reader checks that the bytes are there. */
final class Fields {

    private static final String TRUNCATED = "Packet ends before its fields do";

    private Fields() {}

    static void require(ByteBuf from, long bytes) {
        if (bytes < 0 || bytes > from.readableBytes()) {
            throw new MalformedPacketException(TRUNCATED);
        }
    }

    static int readByte(ByteBuf from) {
        require(from, 1);
        return from.readUnsignedByte();
    }

    static int readShort(ByteBuf from) {
        require(from, 2);
        return from.readUnsignedShortLE();
    }

    static int readMedium(ByteBuf from) {
        require(from, 3);
        return from.readUnsignedMediumLE();
    }

    static long readInt(ByteBuf from) {
        require(from, 4);
        return from.readUnsignedIntLE();
    }

    static ByteString readBytes(ByteBuf from, int length) {
        require(from, length);
        return ByteString.read(from, length);
    }

    static void skip(ByteBuf from, int length) {
        require(from, length);
        from.skipBytes(length);
    }

    /** The bytes up to a NUL, which must be there and is consumed. */
    static ByteString readTerminated(ByteBuf from) {
        int length = bytesBeforeNul(from);
        ByteString value = ByteString.read(from, length);
        from.skipBytes(1);
        return value;
    }

    static int bytesBeforeNul(ByteBuf from) {
        int length = from.bytesBefore((byte) 0);
        if (length < 0) {
            throw new MalformedPacketException(TRUNCATED);
        }
        return length;
    }

    static ByteString readRest(ByteBuf from) {
        return ByteString.read(from, from.readableBytes());
    }

    static void writeTerminated(ByteBuf to, ByteString value) {
        value.writeTo(to);
        to.writeByte(0);
    }

    /** Reads a byte that tells the kind of the packet and must be the given one. */
    static void expect(ByteBuf from, int header) {
        if (readByte(from) != header) {
            throw new MalformedPacketException("Packet is of another kind");
        }
    }
}
