package dev.myproxy.offer;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;

/**
 * What a greeting offers.
 *
 * @param capabilities with {@link Capability#LONG_PASSWORD} unless MariaDB's are among them, as servers do
 * @param until        when it has to be made anew because servers are forgotten, by {@link System#nanoTime}
 */
record Offer(Capabilities capabilities, long until) {

    /** What the servers of today all have. */
    static final Capabilities BASE = Capabilities.of(Capability.LONG_PASSWORD, Capability.FOUND_ROWS,
            Capability.LONG_FLAG, Capability.CONNECT_WITH_DB, Capability.NO_SCHEMA, Capability.ODBC,
            Capability.LOCAL_FILES, Capability.IGNORE_SPACE, Capability.PROTOCOL_41, Capability.INTERACTIVE,
            Capability.IGNORE_SIGPIPE, Capability.TRANSACTIONS, Capability.RESERVED, Capability.SECURE_CONNECTION,
            Capability.MULTI_STATEMENTS, Capability.MULTI_RESULTS, Capability.PS_MULTI_RESULTS, Capability.PLUGIN_AUTH,
            Capability.CONNECT_ATTRS, Capability.PLUGIN_AUTH_LENENC, Capability.CAN_HANDLE_EXPIRED_PASSWORDS,
            Capability.SESSION_TRACK, Capability.DEPRECATE_EOF, Capability.REMEMBER_OPTIONS);

    /** What some servers have besides, and what responses can be followed with. */
    static final Capabilities MORE = Capabilities.of(Capability.OPTIONAL_RESULTSET_METADATA,
            Capability.QUERY_ATTRIBUTES, Capability.PROGRESS, Capability.STMT_BULK_OPERATIONS,
            Capability.EXTENDED_METADATA, Capability.CACHE_METADATA, Capability.BULK_UNIT_RESULTS);

    /** What is taken away where a server lacks it: a client that had it would be refused there. */
    private static final Capabilities LESS = BASE.and(Capabilities.FRAMING).without(Capability.PROTOCOL_41);

    /**
     * What to offer where it is known what the servers have.
     *
     * @param common what they all offer
     */
    static Capabilities where(Capabilities common) {
        Capabilities offered = BASE.minus(LESS.minus(common)).or(MORE.and(common));
        return offered.hasExtended() ? offered.without(Capability.LONG_PASSWORD) : offered;
    }
}
