package dev.myproxy.auth;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 (RFC 8018) with HMAC-SHA512, of bytes: the JDK's own takes passwords as text, and none without a character.
 */
final class Pbkdf2 {

    private static final String HMAC = "HmacSHA512";
    private static final int HASH_BYTES = 64;

    private Pbkdf2() {}

    /**
     * Derives a key.
     *
     * @param bytes of the key, at most 64
     */
    static byte[] sha512(byte[] password, byte[] salt, int iterations, int bytes) {
        if (bytes > HASH_BYTES) {
            throw new IllegalArgumentException("one block has " + HASH_BYTES + " bytes");
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            // HMAC fills keys up with NULs: one is as good as none.
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, HMAC));
            mac.update(salt);
            byte[] round = mac.doFinal(new byte[]{0, 0, 0, 1});
            byte[] block = round.clone();
            for (int i = 1; i < iterations; i++) {
                mac.update(round);
                mac.doFinal(round, 0);
                Scramble.xor(block, round);
            }
            byte[] key = Arrays.copyOf(block, bytes);
            Arrays.fill(round, (byte) 0);
            Arrays.fill(block, (byte) 0);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }
}
