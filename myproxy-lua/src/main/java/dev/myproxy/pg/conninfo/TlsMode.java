package dev.myproxy.pg.conninfo;

/** Whether a TCP connection is encrypted: libpq's {@code sslmode}. Unix sockets never are. */
public enum TlsMode {
    DISABLE,
    /** Only if the server refuses a connection without. */
    ALLOW,
    /** If the server can. */
    PREFER,
    REQUIRE,
    /** And the server's certificate comes from a trusted authority. */
    VERIFY_CA,
    /** And it is made out to the host's name. */
    VERIFY_FULL;

    boolean verifies() {
        return compareTo(VERIFY_CA) >= 0;
    }
}
