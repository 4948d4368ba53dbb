package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;

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

    private static final byte NO_PASSWORD = 0;
    private static final byte REQUEST_KEY = 1;

    private final Credentials credentials;
    private final Safety safety;
    private final RsaExchange rsa;

    Sha256Password(ByteString salt, Credentials credentials, Safety safety) {
        this.credentials = credentials;
        this.safety = safety;
        this.rsa = new RsaExchange(salt, credentials.password());
    }

    @Override
    public ByteString plugin() {
        return NAME;
    }

    @Override
    public boolean isBlocking() {
        return rsa.awaitsKey();
    }

    @Override
    public AuthStep start() {
        if (credentials.password().isEmpty()) {
            return credentials.passwordSha1().isPresent()
                    ? Scramble.NEED_PASSWORD
                    : AuthStep.Send.of(new byte[]{NO_PASSWORD});
        }
        return safety == Safety.TLS
                ? AuthStep.Send.of(Scramble.terminated(credentials.password()))
                : rsa.ask(REQUEST_KEY);
    }

    @Override
    public AuthStep more(ByteString data) {
        return rsa.awaitsKey() ? rsa.encrypt(data) : BackendAuth.super.more(data);
    }
}
