package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.util.Arrays;
import java.util.Optional;

/**
 * mysql_native_password: {@code SHA1(password) XOR SHA1(salt ‖ SHA1(SHA1(password)))}, 20 bytes; nothing for the empty
 * password.
 * <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html">Native
 * authentication</a>
 */
final class NativePassword implements BackendAuth {

    static final ByteString NAME = ByteString.of("mysql_native_password");

    static final String SHA1 = "SHA-1";
    static final int ANSWER_BYTES = 20;

    private static final int SALT_BYTES = 20;

    private final ByteString salt;
    private final Credentials credentials;

    NativePassword(ByteString salt, Credentials credentials) {
        this.salt = salt;
        this.credentials = credentials;
    }

    @Override
    public ByteString plugin() {
        return NAME;
    }

    @Override
    public AuthStep start() {
        if (credentials.passwordSha1().isEmpty() && credentials.password().isEmpty()) {
            return AuthStep.Send.of(new byte[0]);
        }
        Optional<byte[]> bytes = Scramble.salt(salt, SALT_BYTES);
        if (bytes.isEmpty()) {
            return Scramble.MALFORMED_SALT;
        }
        byte[] hash = credentials.passwordSha1().map(Secret::copy).orElseGet(this::hash);
        byte[] stored = Scramble.digest(SHA1, hash);
        byte[] mask = Scramble.digest(SHA1, bytes.get(), stored);
        Arrays.fill(stored, (byte) 0);
        return AuthStep.Send.of(Scramble.xor(hash, mask));
    }

    private byte[] hash() {
        byte[] password = credentials.password().copy();
        byte[] hash = Scramble.digest(SHA1, password);
        Arrays.fill(password, (byte) 0);
        return hash;
    }
}
