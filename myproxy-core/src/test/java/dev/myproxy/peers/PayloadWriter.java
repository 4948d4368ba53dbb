package dev.myproxy.peers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds a payload field by field; little endian. */
public final class PayloadWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public PayloadWriter u8(int value) {
        out.write(value);
        return this;
    }

    public PayloadWriter u16(int value) {
        return u8(value).u8(value >> 8);
    }

    public PayloadWriter u24(int value) {
        return u16(value).u8(value >> 16);
    }

    public PayloadWriter u32(long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    public PayloadWriter u64(long value) {
        return u32(value).u32(value >> 32);
    }

    /** A length-encoded integer in its shortest form. */
    public PayloadWriter lenenc(long value) {
        if (value < 0xfb) {
            return u8((int) value);
        }
        if (value <= 0xffff) {
            return u8(0xfc).u16((int) value);
        }
        return value <= 0xff_ffff ? u8(0xfd).u24((int) value) : u8(0xfe).u64(value);
    }

    public PayloadWriter bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public PayloadWriter zeros(int count) {
        return bytes(new byte[count]);
    }

    public PayloadWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public PayloadWriter nulText(String text) {
        return text(text).u8(0);
    }

    public PayloadWriter lenencBytes(byte[] bytes) {
        return lenenc(bytes.length).bytes(bytes);
    }

    public PayloadWriter lenencText(String text) {
        return lenencBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
