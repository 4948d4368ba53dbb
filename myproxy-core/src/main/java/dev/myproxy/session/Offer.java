package dev.myproxy.session;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.script.ListenOptions;

/** What our greeting offers: what the servers of today all have, since the server is not chosen yet. */
final class Offer {

    /** utf8mb3_general_ci; clients name their own in the handshake response. */
    static final int CHARSET = 0x21;

    /** SERVER_STATUS_AUTOCOMMIT. */
    static final int STATUS = 0x0002;

    static final Capabilities CAPABILITIES = Capabilities.of(Capability.LONG_PASSWORD, Capability.FOUND_ROWS,
            Capability.LONG_FLAG, Capability.CONNECT_WITH_DB, Capability.NO_SCHEMA, Capability.ODBC,
            Capability.LOCAL_FILES, Capability.IGNORE_SPACE, Capability.PROTOCOL_41, Capability.INTERACTIVE,
            Capability.IGNORE_SIGPIPE, Capability.TRANSACTIONS, Capability.RESERVED, Capability.SECURE_CONNECTION,
            Capability.MULTI_STATEMENTS, Capability.MULTI_RESULTS, Capability.PS_MULTI_RESULTS, Capability.PLUGIN_AUTH,
            Capability.CONNECT_ATTRS, Capability.PLUGIN_AUTH_LENENC, Capability.CAN_HANDLE_EXPIRED_PASSWORDS,
            Capability.SESSION_TRACK, Capability.DEPRECATE_EOF, Capability.REMEMBER_OPTIONS);

    private Offer() {}

    /** What the clients of a listener are offered. */
    static Capabilities to(ListenOptions options) {
        return options.localInfile() ? CAPABILITIES : CAPABILITIES.without(Capability.LOCAL_FILES);
    }
}
