package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * parsec of MariaDB, from 11.6 on: an Ed25519 signature (RFC 8032) by a key that is derived from the password, of a scramble of
 * the server and one of ours, so that no server makes us sign what it likes.
 *
 * <pre>
 * server  request to switch   32 scramble
 * client  nothing
 * server  1 'P', 1 factor, 18 salt     without the mark of AuthMoreData
 * client  32 own scramble, 64 signature
 *
 * key = PBKDF2-HMAC-SHA512(password, salt, 1024 · 2^factor iterations), 32 bytes
 * </pre>
 *
 * <a href="https://mariadb.com/docs/server/reference/plugins/authentication-plugins/authentication-plugin-parsec">Plugin</a>
 */
final class Parsec implements BackendAuth {

    static final ByteString NAME = ByteString.of("parsec");

    private static final String ED25519 = "Ed25519";
    private static final int SCRAMBLE_BYTES = 32;
    private static final int SALT_BYTES = 18;
    private static final int SALT_AT = 2;
    private static final int SIGNATURE_BYTES = 64;
    private static final byte PBKDF2 = 'P';
    private static final int FEWEST_ITERATIONS = 1024;
    /** What servers store goes up to that; more would be a way to keep us busy. */
    private static final int HIGHEST_FACTOR = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ByteString scramble;
    private final Credentials credentials;
    private boolean begun;

    Parsec(ByteString scramble, Credentials credentials) {
        this.scramble = scramble;
        this.credentials = credentials;
    }

    @Override
    public ByteString plugin() {
        return NAME;
    }

    /** Deriving the key takes some milliseconds on purpose. */
    @Override
    public boolean isBlocking() {
        return begun;
    }

    @Override
    public boolean takesUnmarked() {
        return true;
    }

    @Override
    public AuthStep start() {
        begun = true;
        if (credentials.password().isEmpty() && credentials.passwordSha1().isPresent()) {
            return Scramble.NEED_PASSWORD;
        }
        return Scramble.salt(scramble, SCRAMBLE_BYTES).isPresent()
                ? AuthStep.Send.of(new byte[0])
                : Scramble.MALFORMED_SALT;
    }

    @Override
    public AuthStep more(ByteString data) {
        Optional<byte[]> theirs = Scramble.salt(scramble, SCRAMBLE_BYTES);
        boolean good = data.length() == SALT_AT + SALT_BYTES && data.byteAt(0) == PBKDF2 && data.byteAt(1) >= 0
                && data.byteAt(1) <= HIGHEST_FACTOR;
        if (theirs.isEmpty() || !good) {
            return new AuthStep.Fail(AuthStep.Reason.PROTOCOL, "Bad extended salt of parsec from server");
        }
        byte[] salt = Arrays.copyOfRange(data.toByteArray(), SALT_AT, data.length());
        byte[] ours = new byte[SCRAMBLE_BYTES];
        RANDOM.nextBytes(ours);
        byte[] key = key(credentials.password(), salt, data.byteAt(1));
        try {
            byte[] answer = Arrays.copyOf(ours, SCRAMBLE_BYTES + SIGNATURE_BYTES);
            byte[] signature = sign(key, theirs.get(), ours);
            System.arraycopy(signature, 0, answer, SCRAMBLE_BYTES, SIGNATURE_BYTES);
            return AuthStep.Send.of(answer);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The 32 secret bytes that stand for a password. */
    static byte[] key(Secret password, byte[] salt, int factor) {
        byte[] bytes = password.copy();
        try {
            return Pbkdf2.sha512(bytes, salt, FEWEST_ITERATIONS << factor, SCRAMBLE_BYTES);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] sign(byte[] key, byte[] theirs, byte[] ours) {
        try {
            PrivateKey signer = KeyFactory.getInstance(ED25519)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key));
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(signer);
            signature.update(theirs);
            signature.update(ours);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ED25519, e);
        }
    }
}
