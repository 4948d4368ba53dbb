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
 * @param hasSecret    whether the script has said anything of a password; else it is the client's, where the script does not
 *                     know that, or empty
 */
public record Credentials(ByteString user, Secret password, Optional<Secret> passwordSha1, ByteString database,
        boolean hasSecret) {

    /** Credentials with a password, which may be empty. */
    public Credentials(ByteString user, Secret password, Optional<Secret> passwordSha1, ByteString database) {
        this(user, password, passwordSha1, database, true);
    }

    /** Wipes the secrets. */
    public void clear() {
        password.clear();
        passwordSha1.ifPresent(Secret::clear);
    }
}
