package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import java.util.Arrays;
import java.util.Optional;

/** mysql_clear_password from a client to us: the password and a NUL, or nothing for the empty password. */
public final class ClientPassword {

    private ClientPassword() {}

    /**
     * Takes the password out of an answer, which is wiped.
     *
     * @return empty if the answer does not end with a NUL: it was made by another plugin
     */
    public static Optional<Secret> read(AuthAnswer answer) {
        byte[] bytes = answer.bytes();
        try {
            if (bytes.length == 0) {
                return Optional.of(Secret.empty());
            }
            return bytes[bytes.length - 1] == 0
                    ? Optional.of(Secret.wrap(Arrays.copyOf(bytes, bytes.length - 1)))
                    : Optional.empty();
        } finally {
            answer.wipe();
        }
    }
}
