package dev.myproxy.auth;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that nobody may read but the one they are for: passwords and password hashes.
 *
 * <p>Never printed, compared in constant time, and wiped with {@link #clear()} once the login is over. After that it is
 * empty. One session's event loop and, while a decision is pending, the script's thread use it, one after the other.
 */
public final class Secret {

    private byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret without bytes: the empty password. */
    public static Secret empty() {
        return new Secret(new byte[0]);
    }

    /** Takes an array over; the caller must not use it any more. */
    public static Secret wrap(byte[] bytes) {
        return new Secret(bytes);
    }

    /** Copies bytes out of a buffer, which moves its reader index. */
    public static Secret read(ByteBuf from, int length) {
        byte[] bytes = new byte[length];
        from.readBytes(bytes);
        return new Secret(bytes);
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public int length() {
        return bytes.length;
    }

    /** A copy, which the caller should wipe. */
    public byte[] copy() {
        return bytes.clone();
    }

    /** Wipes the bytes. */
    public void clear() {
        Arrays.fill(bytes, (byte) 0);
        bytes = new byte[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all secrets: a hash would tell something about the bytes. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "***";
    }
}
