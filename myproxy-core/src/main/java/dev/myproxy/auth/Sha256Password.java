package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/**
 * sha256_password: the password itself, as it is within TLS, and encrypted with the server's RSA key elsewhere, over Unix sockets
 * too. A MySQL asks for it not only where an account has it, but also some of those who name an account that is not there.
 *
 * <pre>
 * server  request to switch, 20 salt
 * client  00 without a password, the password and a NUL within TLS, else 01
 * server  public key, X.509 in PEM
 * client  encrypted password
 * </pre>
 *
 * <a href="https://dev.mysql.com/doc/refman/8.4/en/sha256-pluggable-authentication.html">Plugin</a>
 */
final class Sha256Password implements BackendAuth {

    static final ByteString NAME = ByteString.of("sha256_password");

    private static final int SALT_BYTES = 20;
    private static final byte NO_PASSWORD = 0;
    private static final byte REQUEST_KEY = 1;

    private final ByteString salt;
    private final Credentials credentials;
    private final Safety safety;
    private boolean awaitsKey;

    Sha256Password(ByteString salt, Credentials credentials, Safety safety) {
        this.salt = salt;
        this.credentials = credentials;
        this.safety = safety;
    }

    @Override
    public ByteString plugin() {
        return NAME;
    }

    /** Encrypting takes long the first time, when the ciphers are loaded. */
    @Override
    public boolean isBlocking() {
        return awaitsKey;
    }

    @Override
    public AuthStep start() {
        if (credentials.password().isEmpty()) {
            return credentials.passwordSha1().isPresent()
                    ? Scramble.NEED_PASSWORD
                    : AuthStep.Send.of(new byte[]{NO_PASSWORD});
        }
        if (safety == Safety.TLS) {
            return AuthStep.Send.of(Scramble.terminated(credentials.password()));
        }
        if (Scramble.salt(salt, SALT_BYTES).isEmpty()) {
            return Scramble.MALFORMED_SALT;
        }
        awaitsKey = true;
        return AuthStep.Send.of(new byte[]{REQUEST_KEY});
    }

    @Override
    public AuthStep more(ByteString data) {
        Optional<byte[]> bytes = Scramble.salt(salt, SALT_BYTES);
        if (!awaitsKey || bytes.isEmpty()) {
            return BackendAuth.super.more(data);
        }
        awaitsKey = false;
        return RsaPassword.encrypt(credentials.password(), bytes.get(), data);
    }
}
