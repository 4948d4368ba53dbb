package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Adds to the sequence ids of a stream of packets, in place: for an exchange whose command has one number of packets at
 * the client and another one at the server.
 */
public final class SequenceShift {

    private final int difference;
    private int headerBytes;
    private int remaining;

    /**
     * Makes a shift for a stream that begins with a header.
     *
     * @param difference is added to each sequence id, which wraps at 256
     */
    public SequenceShift(int difference) {
        this.difference = difference;
    }

    /** Changes the readable bytes, which are the next ones of the stream; moves no index. */
    public void apply(ByteBuf data) {
        int at = data.readerIndex();
        int end = data.writerIndex();
        while (at < end) {
            if (headerBytes == Packets.HEADER_BYTES) {
                int passed = Math.min(remaining, end - at);
                at += passed;
                remaining -= passed;
                if (remaining == 0) {
                    headerBytes = 0;
                }
            } else {
                at = header(data, at);
            }
        }
    }

    private int header(ByteBuf data, int at) {
        int octet = data.getUnsignedByte(at);
        if (headerBytes == Packets.HEADER_BYTES - 1) {
            data.setByte(at, of(octet));
            headerBytes = remaining == 0 ? 0 : Packets.HEADER_BYTES;
        } else {
            remaining = headerBytes == 0 ? octet : remaining | octet << (Byte.SIZE * headerBytes);
            headerBytes++;
        }
        return at + 1;
    }

    /** A sequence id with the difference added. */
    public int of(int sequenceId) {
        return sequenceId + difference & 0xff;
    }
}
