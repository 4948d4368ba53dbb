package dev.myproxy.auth;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * SHA-crypt with SHA-256, as caching_sha2_password hashes passwords: with salts of 20 bytes, where crypt(3) cuts them to 16.
 * <a href="https://www.akkadia.org/drepper/SHA-crypt.txt">Specification</a>
 */
final class Sha256Crypt {

    static final int MIN_ROUNDS = 1000;

    /** The length of a hash as text. */
    static final int TEXT_LENGTH = 43;

    private static final int BYTES = 32;
    private static final byte[] DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
            .getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest sha = sha256();
    private final byte[] password;
    private final byte[] salt;

    private Sha256Crypt(byte[] password, byte[] salt) {
        this.password = password;
        this.salt = salt;
    }

    /** The hash of a password as text, without salt and rounds. */
    static byte[] hash(byte[] password, byte[] salt, int rounds) {
        return new Sha256Crypt(password, salt).hash(rounds);
    }

    private byte[] hash(int rounds) {
        byte[] state = start();
        byte[] passwordBlock = block(password, password.length, password.length);
        byte[] saltBlock = block(salt, 16 + (state[0] & 0xff), salt.length);
        try {
            for (int i = 0; i < rounds; i++) {
                round(i, state, passwordBlock, saltBlock);
            }
            return text(state);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has " + BYTES + " bytes", e);
        } finally {
            Arrays.fill(passwordBlock, (byte) 0);
            Arrays.fill(state, (byte) 0);
            sha.reset();
        }
    }

    private void round(int i, byte[] state, byte[] passwordBlock, byte[] saltBlock) throws DigestException {
        boolean odd = (i & 1) != 0;
        sha.update(odd ? passwordBlock : state);
        if (i % 3 != 0) {
            sha.update(saltBlock);
        }
        if (i % 7 != 0) {
            sha.update(passwordBlock);
        }
        sha.update(odd ? state : passwordBlock);
        sha.digest(state, 0, BYTES);
    }

    private byte[] start() {
        sha.update(password);
        sha.update(salt);
        byte[] other = sha.digest(password);
        sha.update(password);
        sha.update(salt);
        update(other, password.length);
        for (int bits = password.length; bits > 0; bits >>>= 1) {
            sha.update((bits & 1) != 0 ? other : password);
        }
        Arrays.fill(other, (byte) 0);
        return sha.digest();
    }

    /** The digest of so many repetitions of some bytes, repeated or cut to a length. */
    private byte[] block(byte[] bytes, int repetitions, int length) {
        for (int i = 0; i < repetitions; i++) {
            sha.update(bytes);
        }
        byte[] digest = sha.digest();
        byte[] block = new byte[length];
        for (int i = 0; i < length; i++) {
            block[i] = digest[i % BYTES];
        }
        Arrays.fill(digest, (byte) 0);
        return block;
    }

    private void update(byte[] digest, int length) {
        for (int left = length; left > 0; left -= BYTES) {
            sha.update(digest, 0, Math.min(left, BYTES));
        }
    }

    /** Three bytes at a time become four digits, the lowest first; which three is for the specification to know. */
    private static byte[] text(byte[] hash) {
        byte[] text = new byte[TEXT_LENGTH];
        int at = 0;
        int a = 0;
        int b = 10;
        int c = 20;
        for (int group = 0; group < 10; group++) {
            at = digits(text, at, bits(hash[a], 16) | bits(hash[b], 8) | bits(hash[c], 0), 4);
            int first = a;
            a = c + 1;
            c = b + 1;
            b = first + 1;
        }
        digits(text, at, bits(hash[31], 8) | bits(hash[30], 0), 3);
        return text;
    }

    private static int bits(byte one, int shift) {
        return (one & 0xff) << shift;
    }

    private static int digits(byte[] text, int at, int bits, int count) {
        for (int i = 0; i < count; i++) {
            text[at + i] = DIGITS[(bits >>> (6 * i)) & 0x3f];
        }
        return at + count;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
