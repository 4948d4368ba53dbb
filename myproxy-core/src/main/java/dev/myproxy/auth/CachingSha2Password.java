package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.util.Arrays;
import java.util.Optional;

/**
 * caching_sha2_password. First {@code SHA256(password) XOR SHA256(SHA256(SHA256(password)) ‖ salt)}, 32 bytes, which a
 * server that knows the password's hash already accepts ("fast"). Otherwise the server wants the password itself: over a
 * Unix socket or TLS in clear, else encrypted with its RSA key, which we ask for.
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">Exchanges</a>
 */
final class CachingSha2Password implements BackendAuth {

    static final ByteString NAME = ByteString.of("caching_sha2_password");

    private static final String SHA256 = "SHA-256";
    private static final byte REQUEST_KEY = 2;
    private static final byte FAST_SUCCESS = 3;
    private static final byte FULL_AUTHENTICATION = 4;

    private final Credentials credentials;
    private final Safety safety;
    private final RsaExchange rsa;

    CachingSha2Password(ByteString salt, Credentials credentials, Safety safety) {
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
            return credentials.passwordSha1().isPresent() ? Scramble.NEED_PASSWORD : AuthStep.Send.of(new byte[0]);
        }
        Optional<byte[]> bytes = rsa.salt();
        if (bytes.isEmpty()) {
            return Scramble.MALFORMED_SALT;
        }
        byte[] password = credentials.password().copy();
        byte[] hash = Scramble.digest(SHA256, password);
        Arrays.fill(password, (byte) 0);
        byte[] stored = Scramble.digest(SHA256, hash);
        byte[] mask = Scramble.digest(SHA256, stored, bytes.get());
        Arrays.fill(stored, (byte) 0);
        return AuthStep.Send.of(Scramble.xor(hash, mask));
    }

    @Override
    public AuthStep more(ByteString data) {
        if (rsa.awaitsKey()) {
            return rsa.encrypt(data);
        }
        if (data.length() != 1) {
            return new AuthStep.Fail(AuthStep.Reason.PROTOCOL, "Bad fast auth result packet from server");
        }
        return switch (data.byteAt(0)) {
            case FAST_SUCCESS -> new AuthStep.Wait();
            case FULL_AUTHENTICATION -> full();
            default -> new AuthStep.Fail(AuthStep.Reason.PROTOCOL, "Bad fast auth result code from server");
        };
    }

    private AuthStep full() {
        return safety.isSecureTransport()
                ? AuthStep.Send.of(Scramble.terminated(credentials.password()))
                : rsa.ask(REQUEST_KEY);
    }
}
