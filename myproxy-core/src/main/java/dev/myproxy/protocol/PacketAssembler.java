package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Puts whole payloads together where packets are few and small: in logins, and in answers to health checks.
 *
 * <p>Usage: {@link #feed} what arrives, then while {@link #next} is true take {@link #payload} and {@link #sequenceId};
 * when the login is over, {@link #takeRest} gives what came behind it; {@link #close} in the end.
 */
public final class PacketAssembler implements AutoCloseable {

    /** Room for handshake responses with any attributes and RSA keys. */
    public static final int DEFAULT_MAX_PAYLOAD_BYTES = 64 << 10;

    private final int maxPayloadBytes;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;
    private int sequenceId;
    /** Whether the unread bytes are in a buffer of our own. */
    private boolean joining;

    public PacketAssembler() {
        this(DEFAULT_MAX_PAYLOAD_BYTES);
    }

    /** @param maxPayloadBytes what larger payloads are refused at; less than 16 MiB - 1 */
    public PacketAssembler(int maxPayloadBytes) {
        if (maxPayloadBytes < 0 || maxPayloadBytes >= Packets.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("Bound of a payload out of range: " + maxPayloadBytes);
        }
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Takes a buffer over. The last {@link #payload} is not valid any more. */
    public void feed(ByteBuf data) {
        payload = Unpooled.EMPTY_BUFFER;
        if (!unread.isReadable()) {
            unread.release();
            unread = data;
            joining = false;
            return;
        }
        try {
            if (!joining) {
                join(data);
            }
            unread.writeBytes(data);
        } finally {
            data.release();
        }
    }

    /** Replaces the buffer that arrived by one of our own, which grows by doubling. */
    private void join(ByteBuf next) {
        ByteBuf arrived = unread;
        unread = next.alloc().buffer(2 * (arrived.readableBytes() + next.readableBytes()));
        unread.writeBytes(arrived);
        arrived.release();
        joining = true;
    }

    /**
     * Goes to the next packet.
     *
     * @return whether it is complete
     * @throws MalformedPacketException if it is larger than the bound, as soon as its header tells
     */
    public boolean next() {
        payload = Unpooled.EMPTY_BUFFER;
        if (unread.readableBytes() < Packets.HEADER_BYTES) {
            return false;
        }
        int start = unread.readerIndex();
        int length = unread.getUnsignedMediumLE(start);
        sequenceId = unread.getUnsignedByte(start + 3);
        if (length > maxPayloadBytes) {
            throw new MalformedPacketException("Packet is larger than any that may come here");
        }
        if (unread.readableBytes() < Packets.HEADER_BYTES + length) {
            return false;
        }
        payload = unread.skipBytes(Packets.HEADER_BYTES).readSlice(length);
        return true;
    }

    /** The payload that {@link #next} found: a view, valid until the next call of any method. */
    public ByteBuf payload() {
        return payload;
    }

    /** The sequence id of the packet that {@link #next} looked at, complete or not. */
    public int sequenceId() {
        return sequenceId;
    }

    /** Whether the header of the next packet is there. */
    public boolean hasHeader() {
        return unread.readableBytes() >= Packets.HEADER_BYTES;
    }

    /** Whether bytes are there that {@link #next} has not consumed. */
    public boolean hasUnread() {
        return unread.isReadable();
    }

    /** What has not been consumed, owned by the caller; the assembler has nothing left. */
    public ByteBuf takeRest() {
        ByteBuf rest = unread;
        unread = Unpooled.EMPTY_BUFFER;
        payload = Unpooled.EMPTY_BUFFER;
        return rest;
    }

    /** Releases what has not been consumed. */
    @Override
    public void close() {
        takeRest().release();
    }
}
