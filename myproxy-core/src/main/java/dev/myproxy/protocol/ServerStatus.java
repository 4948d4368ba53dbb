package dev.myproxy.protocol;

/**
 * Status flags of a session, as they stand in OK and EOF packets.
 *
 * <p><a href="https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html">SERVER_STATUS_flags_enum</a>
 */
public final class ServerStatus {

    public static final int IN_TRANSACTION = 0x0001;
    public static final int AUTOCOMMIT = 0x0002;
    /** A further result follows this one. */
    public static final int MORE_RESULTS_EXISTS = 0x0008;
    public static final int NO_GOOD_INDEX_USED = 0x0010;
    public static final int NO_INDEX_USED = 0x0020;
    /** The rows wait in a cursor until the client fetches them. */
    public static final int CURSOR_EXISTS = 0x0040;
    public static final int LAST_ROW_SENT = 0x0080;
    public static final int DATABASE_DROPPED = 0x0100;
    public static final int NO_BACKSLASH_ESCAPES = 0x0200;
    public static final int METADATA_CHANGED = 0x0400;
    public static final int QUERY_WAS_SLOW = 0x0800;
    /** The result holds a procedure's OUT parameters. */
    public static final int PS_OUT_PARAMS = 0x1000;
    public static final int IN_READ_ONLY_TRANSACTION = 0x2000;
    /** The OK packet carries changes of the session's state. */
    public static final int SESSION_STATE_CHANGED = 0x4000;

    /** MariaDB: double quotes are around names. */
    public static final int ANSI_QUOTES = 0x8000;

    /** What is about the session, not about one answer. */
    public static final int LASTING = IN_TRANSACTION | AUTOCOMMIT | NO_BACKSLASH_ESCAPES | IN_READ_ONLY_TRANSACTION
            | ANSI_QUOTES;

    private ServerStatus() {}
}
