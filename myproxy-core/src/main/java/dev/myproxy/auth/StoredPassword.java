package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** What servers store in the place of a password, as it stands in {@code mysql.user.authentication_string}. */
public sealed interface StoredPassword {

    /**
     * Reads a hash.
     *
     * @throws IllegalArgumentException what would be right
     */
    static StoredPassword parse(ByteString text) {
        if (text.length() == Native.TEXT_LENGTH && text.byteAt(0) == '*') {
            return Native.parse(text);
        }
        if (text.length() > 0 && text.byteAt(0) == '$') {
            return CachingSha2.parse(text);
        }
        throw new IllegalArgumentException(
                "a hash of mysql_native_password, which is * and 40 hexadecimal digits, or of"
                        + " caching_sha2_password, which is $A$005$ and 63 bytes, expected, got " + text.length()
                        + " bytes");
    }

    /** Whether this is the hash of a password. May take milliseconds. */
    boolean isOf(Secret password);

    /**
     * A hash of mysql_native_password.
     *
     * <pre>
     * 1   *
     * 40  SHA1(SHA1(password)) in hexadecimal digits
     * </pre>
     */
    final class Native implements StoredPassword {

        private static final int TEXT_LENGTH = 41;

        private final byte[] hash;

        private Native(byte[] hash) {
            this.hash = hash;
        }

        private static Native parse(ByteString text) {
            String digits = new String(text.toByteArray(), StandardCharsets.ISO_8859_1).substring(1);
            if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
                throw new IllegalArgumentException("40 hexadecimal digits behind the * expected");
            }
            return new Native(HexFormat.of().parseHex(digits));
        }

        @Override
        public boolean isOf(Secret password) {
            byte[] once = sha1(password);
            boolean same = MessageDigest.isEqual(Scramble.digest(NativePassword.SHA1, once), hash);
            Arrays.fill(once, (byte) 0);
            return same && !password.isEmpty();
        }

        private static byte[] sha1(Secret password) {
            byte[] bytes = password.copy();
            byte[] once = Scramble.digest(NativePassword.SHA1, bytes);
            Arrays.fill(bytes, (byte) 0);
            return once;
        }

        /** The hash itself, not a copy. */
        byte[] bytes() {
            return hash;
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * A hash of caching_sha2_password.
     *
     * <pre>
     * 3   $A$
     * 3   thousands of rounds in hexadecimal digits, 005 as a rule
     * 1   $
     * 20  salt
     * 43  SHA-crypt with SHA-256, in its own base 64
     * </pre>
     */
    final class CachingSha2 implements StoredPassword {

        /** More rounds than servers do unless they are told to; as many take a second. */
        public static final int MAX_ROUNDS = 1_000_000;

        /** Nobody has so long a password; with it a hash would take minutes. */
        private static final int MAX_PASSWORD_LENGTH = 1024;

        private static final int PREFIX_LENGTH = 7;
        private static final int SALT_LENGTH = 20;
        private static final int TEXT_LENGTH = PREFIX_LENGTH + SALT_LENGTH + Sha256Crypt.TEXT_LENGTH;
        private static final String PREFIX = "\\$A\\$[0-9A-Fa-f]{3}\\$";

        private final int rounds;
        private final byte[] salt;
        private final byte[] digest;

        private CachingSha2(int rounds, byte[] salt, byte[] digest) {
            this.rounds = rounds;
            this.salt = salt;
            this.digest = digest;
        }

        private static CachingSha2 parse(ByteString text) {
            byte[] bytes = text.toByteArray();
            String prefix = new String(bytes, 0, Math.min(bytes.length, PREFIX_LENGTH), StandardCharsets.ISO_8859_1);
            if (bytes.length != TEXT_LENGTH || !prefix.matches(PREFIX)) {
                throw new IllegalArgumentException(
                        "$A$, three hexadecimal digits, $, a salt of 20 bytes and a digest of"
                                + " 43, together " + TEXT_LENGTH + " bytes, expected, got " + bytes.length);
            }
            int rounds = 1000 * Integer.parseInt(prefix.substring(3, 6), 16);
            if (rounds < Sha256Crypt.MIN_ROUNDS || rounds > MAX_ROUNDS) {
                throw new IllegalArgumentException("1 to " + MAX_ROUNDS / 1000 + " thousand rounds expected, got "
                        + rounds / 1000);
            }
            return new CachingSha2(rounds, Arrays.copyOfRange(bytes, PREFIX_LENGTH, PREFIX_LENGTH + SALT_LENGTH),
                    Arrays.copyOfRange(bytes, PREFIX_LENGTH + SALT_LENGTH, TEXT_LENGTH));
        }

        /** Takes milliseconds for 5000 rounds, and more for more. */
        @Override
        public boolean isOf(Secret password) {
            if (password.length() > MAX_PASSWORD_LENGTH) {
                return false;
            }
            byte[] bytes = password.copy();
            boolean same = MessageDigest.isEqual(Sha256Crypt.hash(bytes, salt, rounds), digest);
            Arrays.fill(bytes, (byte) 0);
            return same;
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
