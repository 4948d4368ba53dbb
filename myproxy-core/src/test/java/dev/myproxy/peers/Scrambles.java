package dev.myproxy.peers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** The arithmetic of the authentication plugins, as a client does it. */
public final class Scrambles {

    private Scrambles() {}

    /** mysql_clear_password: the password and a NUL. */
    public static byte[] clear(String password) {
        return (password + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** mysql_native_password: SHA1(p) XOR SHA1(salt, SHA1(SHA1(p))); nothing for the empty password. */
    public static byte[] nativePassword(String password, byte[] salt) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = digest("SHA-1", password.getBytes(StandardCharsets.UTF_8));
        return xor(once, digest("SHA-1", salt, digest("SHA-1", once)));
    }

    /** caching_sha2_password, short form: SHA256(p) XOR SHA256(SHA256(SHA256(p)), salt); nothing for the empty password. */
    public static byte[] cachingSha2(String password, byte[] salt) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = digest("SHA-256", password.getBytes(StandardCharsets.UTF_8));
        return xor(once, digest("SHA-256", digest("SHA-256", once), salt));
    }

    /** Bytes XOR a key that is repeated as often as needed. */
    public static byte[] xor(byte[] bytes, byte[] key) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= key[i % key.length];
        }
        return result;
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
