package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/** Asks a server for its RSA key, and sends the password encrypted with that. */
final class RsaExchange {

    private static final int SALT_BYTES = 20;

    private final ByteString salt;
    private final Secret password;
    private boolean awaitsKey;

    /** @param salt 20 bytes from the server, with or without a NUL behind them */
    RsaExchange(ByteString salt, Secret password) {
        this.salt = salt;
        this.password = password;
    }

    /** The salt without the NUL; empty if it is too short or too long. */
    Optional<byte[]> salt() {
        return Scramble.salt(salt, SALT_BYTES);
    }

    /** Whether the server's next data is its key. Encrypting takes long the first time, when the ciphers are loaded. */
    boolean awaitsKey() {
        return awaitsKey;
    }

    /** Asks for the key by what the plugin has for that. */
    AuthStep ask(byte request) {
        if (salt().isEmpty()) {
            return Scramble.MALFORMED_SALT;
        }
        awaitsKey = true;
        return AuthStep.Send.of(new byte[]{request});
    }

    /** The encrypted password. */
    AuthStep encrypt(ByteString key) {
        awaitsKey = false;
        return salt().map(bytes -> RsaPassword.encrypt(password, bytes, key)).orElse(Scramble.MALFORMED_SALT);
    }
}
