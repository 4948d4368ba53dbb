package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/**
 * What a script logs in to a server with.
 *
 * @param user         account at the server
 * @param password     password in clear, may be empty
 * @param passwordSha1 SHA1 of the password, 20 bytes; only mysql_native_password can use it, and prefers it
 * @param database     default database, empty for none
 */
public record Credentials(ByteString user, Secret password, Optional<Secret> passwordSha1, ByteString database) {

    /** Wipes the secrets. */
    public void clear() {
        password.clear();
        passwordSha1.ifPresent(Secret::clear);
    }
}
