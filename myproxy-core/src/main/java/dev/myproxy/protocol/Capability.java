package dev.myproxy.protocol;

/**
 * A capability flag: what client and server tell each other in greeting and handshake response. The flags in force are
 * those that both have.
 *
 * <p>Bits 0 to 31 are the protocol's own
 * (<a href="https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html">list</a>).
 * Bits 32 and up are MariaDB's extension
 * (<a href="https://mariadb.com/kb/en/connection/#capabilities">list</a>): they travel in bytes that are zero elsewhere,
 * and only between peers that do not set {@link #LONG_PASSWORD}.
 */
public enum Capability {

    /** Improved old password hash. MariaDB calls it CLIENT_MYSQL: a peer without it knows the extended capabilities. */
    LONG_PASSWORD(0),
    /** Affected rows are the matching ones, not the changed ones. */
    FOUND_ROWS(1),
    LONG_FLAG(2),
    /** The handshake response names a database. */
    CONNECT_WITH_DB(3),
    NO_SCHEMA(4),
    /** zlib frames around packets. */
    COMPRESS(5),
    ODBC(6),
    /** The server may ask for a file of the client's. */
    LOCAL_FILES(7),
    IGNORE_SPACE(8),
    /** Everything since MySQL 4.1; peers without it are of the 3.20 kind. */
    PROTOCOL_41(9),
    /** interactive_timeout in place of wait_timeout. */
    INTERACTIVE(10),
    SSL(11),
    IGNORE_SIGPIPE(12),
    /** OK packets carry status flags. */
    TRANSACTIONS(13),
    RESERVED(14),
    /** The authentication of 4.1, salts of 20 bytes. */
    SECURE_CONNECTION(15),
    MULTI_STATEMENTS(16),
    MULTI_RESULTS(17),
    PS_MULTI_RESULTS(18),
    PLUGIN_AUTH(19),
    CONNECT_ATTRS(20),
    /** The length of the answer in the handshake response is length-encoded, not one byte. */
    PLUGIN_AUTH_LENENC(21),
    CAN_HANDLE_EXPIRED_PASSWORDS(22),
    /** OK packets have a length-encoded text and may carry changes of the session's state. */
    SESSION_TRACK(23),
    /** Results have no EOF after the definitions and end with an OK that begins with 0xFE. */
    DEPRECATE_EOF(24),
    /** MySQL: a byte after the column count tells whether definitions follow. */
    OPTIONAL_RESULTSET_METADATA(25),
    ZSTD(26),
    /** Queries begin with a block of parameters. */
    QUERY_ATTRIBUTES(27),
    MULTI_FACTOR_AUTHENTICATION(28),
    CAPABILITY_EXTENSION(29),
    SSL_VERIFY_SERVER_CERT(30),
    REMEMBER_OPTIONS(31),
    /** MariaDB: packets that begin FF FF FF tell how far a statement is. */
    PROGRESS(32),
    /** MariaDB: several commands in one packet; never offered, because no server has it any more. */
    COM_MULTI(33),
    STMT_BULK_OPERATIONS(34),
    /** MariaDB: column definitions carry extended type names. */
    EXTENDED_METADATA(35),
    /** MariaDB: a byte after the column count tells whether definitions follow. */
    CACHE_METADATA(36),
    BULK_UNIT_RESULTS(37);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** The number of the flag's bit, 0 being the lowest. */
    public int bit() {
        return bit;
    }

    long mask() {
        return 1L << bit;
    }
}
