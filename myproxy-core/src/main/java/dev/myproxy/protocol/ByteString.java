package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable string of bytes: user names, database names, texts and paths as they stand on the wire and in scripts,
 * in whatever encoding their authors use.
 *
 * <p>{@link #toString()} gives the quoted form for logs (see {@link Quoting}); {@link #utf8()} the text itself.
 */
public final class ByteString implements Comparable<ByteString> {

    /** The string without bytes. */
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The UTF-8 bytes of a text. */
    public static ByteString of(String text) {
        return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of an array. */
    public static ByteString copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
    }

    /** A copy of a part of an array. */
    public static ByteString copyOf(byte[] bytes, int from, int to) {
        return from == to ? EMPTY : new ByteString(Arrays.copyOfRange(bytes, from, to));
    }

    /**
     * Reads bytes, which moves the reader index.
     *
     * @param length how many; the buffer must have them
     */
    public static ByteString read(ByteBuf from, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] bytes = new byte[length];
        from.readBytes(bytes);
        return new ByteString(bytes);
    }

    /** The string that begins with this one and goes on with others. */
    public ByteString followedBy(ByteString... others) {
        int length = bytes.length;
        for (ByteString other : others) {
            length += other.length();
        }
        byte[] all = Arrays.copyOf(bytes, length);
        int at = bytes.length;
        for (ByteString other : others) {
            System.arraycopy(other.bytes, 0, all, at, other.length());
            at += other.length();
        }
        return new ByteString(all);
    }

    /** Appends the bytes to a buffer. */
    public void writeTo(ByteBuf to) {
        to.writeBytes(bytes);
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte byteAt(int index) {
        return bytes[index];
    }

    /** Whether the beginning of an array has the same bytes, no more and no less. */
    public boolean equalsBytes(byte[] other, int length) {
        return Arrays.equals(bytes, 0, bytes.length, other, 0, length);
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The text, read as UTF-8; what is not UTF-8 becomes U+FFFD. */
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The part before the first NUL, or all of it. */
    public ByteString untilNul() {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return copyOf(bytes, 0, i);
            }
        }
        return this;
    }

    /** Compares byte by byte, unsigned. */
    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text in double quotes with everything unprintable escaped, safe in a log line. */
    @Override
    public String toString() {
        return Quoting.quote(bytes);
    }
}
