package dev.myproxy.protocol;

import java.util.Arrays;

/**
 * What a client answers to an authentication plugin: often the password itself. Never printed; wiped by whoever has used
 * it.
 */
public final class AuthAnswer {

    private final byte[] bytes;

    private AuthAnswer(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes an array over. */
    public static AuthAnswer wrap(byte[] bytes) {
        return new AuthAnswer(bytes);
    }

    /** The array itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** Overwrites the bytes with zeros. */
    public void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }
}
