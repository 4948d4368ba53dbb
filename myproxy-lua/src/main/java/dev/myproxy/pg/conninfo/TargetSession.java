package dev.myproxy.pg.conninfo;

/** Which kind of server will do: libpq's {@code target_session_attrs}. */
public enum TargetSession {
    ANY,
    /** Transactions may write by default, and the server is no standby. */
    READ_WRITE,
    /** The opposite of {@link #READ_WRITE}. */
    READ_ONLY,
    /** Not in recovery. */
    PRIMARY,
    /** In recovery. */
    STANDBY,
    /** A standby, or if none of the hosts is one, any of them. */
    PREFER_STANDBY
}
