package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ConnectionAttributes;
import dev.myproxy.protocol.HandshakeResponse;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a client is made of, as its connection attributes say; what is not said is empty.
 *
 * @param name    {@code _client_name}
 * @param version {@code _client_version}
 */
record ClientLibrary(ByteString name, ByteString version) {

    private static final ByteString NAME = ByteString.of("_client_name");
    private static final ByteString VERSION = ByteString.of("_client_version");
    private static final ByteString LIBMYSQL = ByteString.of("libmysql");
    private static final ByteString CONNECTOR_J = ByteString.of("MySQL Connector/J");
    private static final Pattern WITHOUT_NATIVE = Pattern.compile("(9|[1-9]\\d+)\\.");

    static ClientLibrary of(HandshakeResponse response) {
        Map<ByteString, ByteString> attributes = response.attributes().map(ConnectionAttributes::read)
                .orElseGet(Map::of);
        return new ClientLibrary(attributes.getOrDefault(NAME, ByteString.EMPTY),
                attributes.getOrDefault(VERSION, ByteString.EMPTY));
    }

    /** Whether it is known not to have mysql_native_password, because it is MySQL's library 9 or later. */
    boolean isWithoutNative() {
        return name.equals(LIBMYSQL) && WITHOUT_NATIVE.matcher(version.utf8()).lookingAt();
    }

    /**
     * Whether it encrypts for caching_sha2_password by PKCS #1, which we don't decrypt: MySQL Connector/J does, if the greeting
     * says a version before 8.0.5. For sha256_password it encrypts as everybody does.
     */
    boolean isWithoutOaep() {
        return name.equals(CONNECTOR_J);
    }
}
