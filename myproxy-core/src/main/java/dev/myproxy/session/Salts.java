package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import java.security.SecureRandom;

/** Random salts for greetings. Thread-safe. */
final class Salts {

    /** Bytes in a salt of the MySQL protocol. */
    static final int LENGTH = 20;

    private final SecureRandom random = new SecureRandom();

    /** 20 random bytes from 1 to 127, never NUL (which ends the salt) nor '$' (which servers use as a separator). */
    ByteString next() {
        byte[] salt = new byte[LENGTH];
        random.nextBytes(salt);
        for (int i = 0; i < LENGTH; i++) {
            int b = salt[i] & 0x7f;
            salt[i] = (byte) (b == 0 || b == '$' ? b + 1 : b);
        }
        return ByteString.copyOf(salt);
    }
}
