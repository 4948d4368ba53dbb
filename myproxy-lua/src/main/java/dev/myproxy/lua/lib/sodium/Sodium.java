package dev.myproxy.lua.lib.sodium;

import com.sun.jna.Pointer;
import dev.myproxy.lua.LuaBody;
import dev.myproxy.lua.LuaError;
import dev.myproxy.protocol.ByteString;

/** Signatures by libsodium (Ed25519, RFC 8032), for this and other libraries. Thread-safe. */
public final class Sodium {

    /** Bytes of a public key, for signatures as for boxes. */
    public static final int PUBLIC_KEY_BYTES = 32;

    /** Bytes of a secret key for signatures: the seed, then the public key. */
    public static final int SIGN_SECRET_KEY_BYTES = 64;

    /** Bytes of a signature. */
    public static final int SIGNATURE_BYTES = 64;

    private Sodium() {}

    /** A function that uses libsodium: raises an error on machines where it can't be loaded. */
    public static LuaBody body(LuaBody body) {
        return args -> {
            Natives.FAILURE.ifPresent(reason -> {
                throw LuaError.plain(reason);
            });
            return body.call(args);
        };
    }

    /** Signs a message; to be called within a {@link #body}. */
    public static ByteString sign(ByteString message, ByteString secretKey) {
        byte[] signature = new byte[SIGNATURE_BYTES];
        Natives.crypto_sign_detached(signature, Pointer.NULL, message.toByteArray(), message.length(),
                secretKey.toByteArray());
        return ByteString.copyOf(signature);
    }

    /** Whether a signature of 64 bytes is right; to be called within a {@link #body}. */
    public static boolean verify(ByteString signature, ByteString message, ByteString publicKey) {
        return Natives.crypto_sign_verify_detached(signature.toByteArray(), message.toByteArray(), message.length(),
                publicKey.toByteArray()) == 0;
    }
}
