package dev.myproxy.bench.load;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where load goes to, and what its sessions log in with.
 *
 * @param address   of a server or of a proxy
 * @param encrypted whether sessions go on with TLS, whoever the other side may be
 */
public record Endpoint(Address address, Credentials credentials, boolean encrypted) {

    /** Without TLS. */
    public Endpoint(Address address, Credentials credentials) {
        this(address, credentials, false);
    }

    /**
     * Puts credentials together.
     *
     * @param password in clear, may be empty
     * @param database the default database of the sessions, empty for none
     */
    public static Credentials account(String user, String password, String database) {
        return new Credentials(ByteString.of(user), Secret.wrap(password.getBytes(StandardCharsets.UTF_8)),
                Optional.empty(), ByteString.of(database));
    }

    /** The same account somewhere else. */
    public Endpoint at(Address other) {
        return new Endpoint(other, credentials, encrypted);
    }

    /** The same with TLS. */
    public Endpoint encrypt() {
        return new Endpoint(address, credentials, true);
    }

    /** The same place with another default database, empty for none. */
    public Endpoint in(String database) {
        return new Endpoint(address, new Credentials(credentials.user(), credentials.password(),
                credentials.passwordSha1(), ByteString.of(database)), encrypted);
    }
}
