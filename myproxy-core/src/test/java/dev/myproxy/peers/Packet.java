package dev.myproxy.peers;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A packet as it stood on the wire.
 *
 * @param sequence sequence id, 0 to 255
 * @param length   bytes of its payload
 * @param payload  the payload, or only its first bytes where a reader was told to keep no more
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString look into the array.
public record Packet(int sequence, int length, byte[] payload) {

    /** The largest payload of one packet; a packet of this length is continued by the next one. */
    public static final int MAX = 0xff_ffff;

    /** The first byte, or -1 if the packet is empty. */
    public int first() {
        return payload.length == 0 ? -1 : payload[0] & 0xff;
    }

    public boolean isOk() {
        return first() == 0;
    }

    public boolean isErr() {
        return first() == 0xff;
    }

    /** The fields of an ERR packet. */
    public Err err() {
        if (!isErr()) {
            throw new AssertionError("not an ERR: " + this);
        }
        return Err.read(payload);
    }

    /** A reader of the payload behind its first byte. */
    public PayloadReader body() {
        PayloadReader reader = new PayloadReader(payload);
        reader.u8();
        return reader;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet that && sequence == that.sequence && length == that.length
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * sequence + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        int shown = Math.min(payload.length, 64);
        String text = isErr() ? err().toString() : HexFormat.of().formatHex(payload, 0, shown);
        return "packet " + sequence + ", " + length + " bytes: " + text + (shown < length && !isErr() ? "…" : "");
    }
}
