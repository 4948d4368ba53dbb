package dev.myproxy.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a payload one after the other; little endian. */
public final class PayloadReader {

    private final ByteBuffer in;

    public PayloadReader(byte[] payload) {
        in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    public int remaining() {
        return in.remaining();
    }

    /** The next byte, which stays unread. */
    public int peek() {
        return in.get(in.position()) & 0xff;
    }

    public int u8() {
        return in.get() & 0xff;
    }

    public int u16() {
        return in.getShort() & 0xffff;
    }

    public int u24() {
        return u16() | u8() << 16;
    }

    public long u32() {
        return in.getInt() & 0xffff_ffffL;
    }

    public long u64() {
        return in.getLong();
    }

    /** A length-encoded integer. */
    public long lenenc() {
        int first = u8();
        return switch (first) {
            case 0xfc -> u16();
            case 0xfd -> u24();
            case 0xfe -> u64();
            case 0xfb, 0xff -> throw new AssertionError("not a length: " + first);
            default -> first;
        };
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    public byte[] rest() {
        return bytes(in.remaining());
    }

    public byte[] lenencBytes() {
        return bytes(Math.toIntExact(lenenc()));
    }

    public String text(int bytes) {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    public String lenencText() {
        return text(Math.toIntExact(lenenc()));
    }

    /** Text up to a NUL, which is skipped, or up to the end. */
    public String nulText() {
        int end = in.position();
        while (end < in.limit() && in.get(end) != 0) {
            end++;
        }
        String text = text(end - in.position());
        if (in.hasRemaining()) {
            in.get();
        }
        return text;
    }
}
