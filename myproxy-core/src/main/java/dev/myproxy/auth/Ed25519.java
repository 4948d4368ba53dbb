package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.util.Arrays;
import java.util.Optional;

/**
 * client_ed25519 of MariaDB: an Ed25519 signature (RFC 8032) of the salt, 64 bytes, with the password, whatever its
 * length, in the place of the 32 secret bytes.
 * <a href="https://mariadb.com/kb/en/authentication-plugin-ed25519/">ed25519</a>
 */
final class Ed25519 implements BackendAuth {

    static final ByteString NAME = ByteString.of("client_ed25519");

    private static final int SALT_BYTES = 32;

    private final ByteString salt;
    private final Credentials credentials;

    Ed25519(ByteString salt, Credentials credentials) {
        this.salt = salt;
        this.credentials = credentials;
    }

    @Override
    public ByteString plugin() {
        return NAME;
    }

    /** The library that does the arithmetic is loaded at the first use. */
    @Override
    public boolean isBlocking() {
        return true;
    }

    @Override
    public AuthStep start() {
        Optional<byte[]> message = Scramble.salt(salt, SALT_BYTES);
        if (message.isEmpty()) {
            return Scramble.MALFORMED_SALT;
        }
        if (credentials.password().isEmpty() && credentials.passwordSha1().isPresent()) {
            return Scramble.NEED_PASSWORD;
        }
        byte[] password = credentials.password().copy();
        byte[] expanded = Scramble.digest("SHA-512", password);
        Arrays.fill(password, (byte) 0);
        byte[] scalar = Arrays.copyOf(expanded, 32);
        byte[] prefix = Arrays.copyOfRange(expanded, 32, 64);
        Arrays.fill(expanded, (byte) 0);
        scalar[0] &= (byte) 248;
        scalar[31] = (byte) ((scalar[31] & 63) | 64);
        try {
            return AuthStep.Send.of(sign(scalar, prefix, message.get()));
        } finally {
            Arrays.fill(scalar, (byte) 0);
            Arrays.fill(prefix, (byte) 0);
        }
    }

    private static byte[] sign(byte[] scalar, byte[] prefix, byte[] message) {
        byte[] publicKey = EdwardsCurve.timesBase(scalar);
        byte[] wideNonce = Scramble.digest("SHA-512", prefix, message);
        byte[] nonce = EdwardsCurve.reduce(wideNonce);
        Arrays.fill(wideNonce, (byte) 0);
        byte[] commitment = EdwardsCurve.timesBase(nonce);
        byte[] challenge = EdwardsCurve.reduce(Scramble.digest("SHA-512", commitment, publicKey, message));
        byte[] response = EdwardsCurve.multiplyAdd(challenge, scalar, nonce);
        byte[] signature = Arrays.copyOf(commitment, 64);
        System.arraycopy(response, 0, signature, 32, 32);
        Arrays.fill(nonce, (byte) 0);
        return signature;
    }
}
