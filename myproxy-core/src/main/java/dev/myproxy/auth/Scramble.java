package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** The arithmetic that the password plugins share. */
final class Scramble {

    static final AuthStep.Fail MALFORMED_SALT = new AuthStep.Fail(AuthStep.Reason.CREDENTIALS,
            "Malformed auth_plugin_data");
    static final AuthStep.Fail NEED_PASSWORD = new AuthStep.Fail(AuthStep.Reason.CREDENTIALS,
            "Need clear-text password");

    private Scramble() {}

    /** The salt without the NUL that may end it; empty if it has not so many bytes. */
    static Optional<byte[]> salt(ByteString given, int bytes) {
        boolean terminated = given.length() == bytes + 1 && given.byteAt(bytes) == 0;
        return terminated || given.length() == bytes
                ? Optional.of(Arrays.copyOf(given.toByteArray(), bytes))
                : Optional.empty();
    }

    /** The password with a NUL behind it. */
    static byte[] terminated(Secret password) {
        byte[] bytes = password.copy();
        byte[] terminated = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, terminated, 0, bytes.length);
        Arrays.fill(bytes, (byte) 0);
        return terminated;
    }

    /** A salt with a NUL behind it. */
    static ByteString terminated(ByteString salt) {
        return ByteString.copyOf(Arrays.copyOf(salt.toByteArray(), salt.length() + 1));
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    /** Changes the first array to its exclusive-or with the second one, which is repeated as needed. */
    static byte[] xor(byte[] bytes, byte[] with) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= with[i % with.length];
        }
        return bytes;
    }
}
