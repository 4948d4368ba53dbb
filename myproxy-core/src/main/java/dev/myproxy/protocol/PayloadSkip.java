package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/** Passes over one payload of any length, of which nothing is to be kept. One object per payload. */
public final class PayloadSkip {

    private int remaining;
    private boolean last;
    private int sequenceId;

    /**
     * Consumes bytes of the payload.
     *
     * @param data begins where the last call ended; at first with a packet's header
     * @return whether the payload has ended. If not, the bytes that are left, at most three, belong to a header and are
     *         to be given again with more behind them.
     */
    public boolean skip(ByteBuf data) {
        while (true) {
            int skipped = Math.min(remaining, data.readableBytes());
            data.skipBytes(skipped);
            remaining -= skipped;
            if (remaining > 0 || (!last && data.readableBytes() < Packets.HEADER_BYTES)) {
                return false;
            }
            if (last) {
                return true;
            }
            remaining = data.readUnsignedMediumLE();
            sequenceId = data.readUnsignedByte();
            last = remaining < Packets.MAX_PAYLOAD_BYTES;
        }
    }

    /** The sequence id of the last packet. */
    public int sequenceId() {
        return sequenceId;
    }
}
