package dev.myproxy.bench.load;

import dev.myproxy.protocol.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Sends a file when the server asks for one: lines, the same again and again, from one buffer. */
final class Upload extends Single {

    private static final int PACKET_BYTES = 16 << 10;
    private static final int LINE_BYTES = 128;
    /** Sequence ids begin again after so many packets. */
    private static final int PACKETS = 256;

    private final long bytes;
    private final ByteBuf block = block();
    private long sent;
    private boolean sending;

    /** @param bytes of the file, rounded up to packets */
    Upload(long bytes) {
        this.bytes = bytes;
    }

    private static ByteBuf block() {
        ByteBuf block = Unpooled.directBuffer(PACKETS * (Packets.HEADER_BYTES + PACKET_BYTES));
        byte[] line = ("x".repeat(LINE_BYTES - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < PACKETS; i++) {
            // The server asked with the sequence id 1.
            block.writeMediumLE(PACKET_BYTES).writeByte(i + 2);
            for (int j = 0; j < PACKET_BYTES / LINE_BYTES; j++) {
                block.writeBytes(line);
            }
        }
        return block;
    }

    /** How many lines a file of so many bytes has at most. */
    static long lines(long bytes) {
        return (bytes + PACKET_BYTES) / LINE_BYTES;
    }

    /** How many bytes were sent, with headers. */
    long sentBytes() {
        return sent;
    }

    void release() {
        block.release();
    }

    @Override
    public void fileWanted(Session session) {
        sending = true;
        writabilityChanged(session);
    }

    @Override
    public void writabilityChanged(Session session) {
        int packet = Packets.HEADER_BYTES + PACKET_BYTES;
        while (sending && session.channel().isWritable()) {
            if (sent >= bytes) {
                sending = false;
                int sequenceId = (int) (sent / packet + 2) & 0xff;
                session.sendFile(session.channel().alloc().ioBuffer().writeMediumLE(0).writeByte(sequenceId), true);
            } else {
                int at = (int) (sent % block.capacity());
                int length = (int) Math.min(block.capacity() - at, (bytes - sent + packet - 1) / packet * packet);
                length = Math.min(length, 16 * packet);
                sent += length;
                session.sendFile(block.retainedSlice(at, length), false);
            }
        }
    }
}
