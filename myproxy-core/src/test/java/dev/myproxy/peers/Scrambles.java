package dev.myproxy.peers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The arithmetic of the authentication plugins, as a client does it. */
public final class Scrambles {

    private Scrambles() {}

    /** mysql_clear_password: the password and a NUL. */
    public static byte[] clear(String password) {
        return clear(password.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #clear(String)} with any bytes. */
    public static byte[] clear(byte[] password) {
        return Arrays.copyOf(password, password.length + 1);
    }

    /** mysql_native_password: SHA1(p) XOR SHA1(salt, SHA1(SHA1(p))); nothing for the empty password. */
    public static byte[] nativePassword(String password, byte[] salt) {
        return nativePassword(password.getBytes(StandardCharsets.UTF_8), salt);
    }

    /** As {@link #nativePassword(String, byte[])} with any bytes. */
    public static byte[] nativePassword(byte[] password, byte[] salt) {
        if (password.length == 0) {
            return new byte[0];
        }
        byte[] once = digest("SHA-1", password);
        return xor(once, digest("SHA-1", salt, digest("SHA-1", once)));
    }

    /** caching_sha2_password, short form: SHA256(p) XOR SHA256(SHA256(SHA256(p)), salt); nothing for the empty password. */
    public static byte[] cachingSha2(String password, byte[] salt) {
        return cachingSha2(password.getBytes(StandardCharsets.UTF_8), salt);
    }

    /** As {@link #cachingSha2(String, byte[])} with any bytes. */
    public static byte[] cachingSha2(byte[] password, byte[] salt) {
        if (password.length == 0) {
            return new byte[0];
        }
        byte[] once = digest("SHA-256", password);
        return xor(once, digest("SHA-256", digest("SHA-256", once), salt));
    }

    /** What servers store of a password for mysql_native_password. */
    public static String nativeHash(byte[] password) {
        return "*" + HexFormat.of().withUpperCase().formatHex(digest("SHA-1", digest("SHA-1", password)));
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
