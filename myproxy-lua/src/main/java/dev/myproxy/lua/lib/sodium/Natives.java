package dev.myproxy.lua.lib.sodium;

import com.sun.jna.Pointer;
import dev.myproxy.auth.Libsodium;
import java.util.Optional;

/**
 * libsodium's own names and signatures, from its manual (https://doc.libsodium.org). Results other than 0 are failures.
 * Thread-safe.
 */
final class Natives {

    /** Why the functions can't be called; empty if they can. */
    static final Optional<String> FAILURE = link();

    private Natives() {}

    private static Optional<String> link() {
        try {
            Libsodium.link(Natives.class);
            return Optional.empty();
        } catch (IllegalStateException | LinkageError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static native Pointer sodium_bin2hex(byte[] hex, long hexSize, byte[] bytes, long length);

    static native int sodium_hex2bin(byte[] bytes, long size, byte[] hex, long hexLength, Pointer ignore,
            long[] length, Pointer hexEnd);

    static native void randombytes_buf(byte[] bytes, long length);

    static native int crypto_box_keypair(byte[] publicKey, byte[] secretKey);

    static native int crypto_box_seal(byte[] box, byte[] message, long length, byte[] publicKey);

    static native int crypto_box_seal_open(byte[] message, byte[] box, long boxLength, byte[] publicKey,
            byte[] secretKey);

    static native int crypto_scalarmult_base(byte[] publicKey, byte[] secretKey);

    static native int crypto_sign_keypair(byte[] publicKey, byte[] secretKey);

    static native int crypto_sign_detached(byte[] signature, Pointer length, byte[] message, long messageLength,
            byte[] secretKey);

    static native int crypto_sign_verify_detached(byte[] signature, byte[] message, long messageLength,
            byte[] publicKey);

    static native int crypto_pwhash_str(byte[] hash, byte[] password, long length, long operations, long memory);

    static native int crypto_pwhash_str_verify(byte[] hash, byte[] password, long length);
}
