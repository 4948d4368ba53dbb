package dev.myproxy.peers;

/** Capability flags and status flags, as numbers. */
public final class Flags {

    public static final long LONG_PASSWORD = 1;
    public static final long FOUND_ROWS = 1 << 1;
    public static final long LONG_FLAG = 1 << 2;
    public static final long CONNECT_WITH_DB = 1 << 3;
    public static final long COMPRESS = 1 << 5;
    public static final long LOCAL_FILES = 1 << 7;
    public static final long IGNORE_SPACE = 1 << 8;
    public static final long PROTOCOL_41 = 1 << 9;
    public static final long INTERACTIVE = 1 << 10;
    public static final long SSL = 1 << 11;
    public static final long TRANSACTIONS = 1 << 13;
    public static final long SECURE_CONNECTION = 1 << 15;
    public static final long MULTI_STATEMENTS = 1 << 16;
    public static final long MULTI_RESULTS = 1 << 17;
    public static final long PS_MULTI_RESULTS = 1 << 18;
    public static final long PLUGIN_AUTH = 1 << 19;
    public static final long CONNECT_ATTRS = 1 << 20;
    public static final long PLUGIN_AUTH_LENENC = 1 << 21;
    public static final long SESSION_TRACK = 1 << 23;
    public static final long DEPRECATE_EOF = 1 << 24;
    public static final long OPTIONAL_RESULTSET_METADATA = 1 << 25;
    public static final long QUERY_ATTRIBUTES = 1 << 27;

    /** MariaDB's extension; these stand in a field of their own. */
    public static final long MARIADB_PROGRESS = 1;
    public static final long MARIADB_STMT_BULK_OPERATIONS = 1 << 2;
    public static final long MARIADB_EXTENDED_METADATA = 1 << 3;
    public static final long MARIADB_CACHE_METADATA = 1 << 4;
    public static final long MARIADB_BULK_UNIT_RESULTS = 1 << 5;

    /** What a plain client of today asks for, without DEPRECATE_EOF. */
    public static final long CLASSIC = LONG_PASSWORD | LONG_FLAG | PROTOCOL_41 | TRANSACTIONS | SECURE_CONNECTION
            | MULTI_STATEMENTS | MULTI_RESULTS | PS_MULTI_RESULTS | PLUGIN_AUTH | CONNECT_ATTRS | PLUGIN_AUTH_LENENC;

    /** What a plain client of today asks for. */
    public static final long MODERN = CLASSIC | DEPRECATE_EOF;

    public static final int AUTOCOMMIT = 0x0002;
    public static final int MORE_RESULTS = 0x0008;
    public static final int CURSOR_EXISTS = 0x0040;
    public static final int LAST_ROW_SENT = 0x0080;
    public static final int SESSION_STATE_CHANGED = 0x4000;

    private Flags() {}
}
