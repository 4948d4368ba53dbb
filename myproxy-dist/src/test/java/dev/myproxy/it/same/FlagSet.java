package dev.myproxy.it.same;

import dev.myproxy.peers.Flags;

/** Capability flags that change what packets look like. All clients can have LOCAL INFILE. */
enum FlagSet {
    CLASSIC(Flags.CLASSIC, 0, true, true),
    /** DEPRECATE_EOF. */
    MODERN(Flags.MODERN, 0, true, true),
    /** SESSION_TRACK. */
    TRACKING(Flags.MODERN | Flags.SESSION_TRACK, 0, true, true),
    /** What only MySQL has, without DEPRECATE_EOF. */
    ATTRIBUTES(Flags.CLASSIC | Flags.SESSION_TRACK | Flags.QUERY_ATTRIBUTES | Flags.OPTIONAL_RESULTSET_METADATA, 0,
            false, true),
    /** What only MySQL has. */
    MYSQL(Flags.MODERN | Flags.SESSION_TRACK | Flags.QUERY_ATTRIBUTES | Flags.OPTIONAL_RESULTSET_METADATA, 0,
            false, true),
    /** What only MariaDB has, without DEPRECATE_EOF; reports of progress come when the server likes. */
    EXTENDED(Flags.CLASSIC & ~Flags.LONG_PASSWORD, 0x1c, true, false),
    /** What only MariaDB has. */
    MARIADB((Flags.MODERN | Flags.SESSION_TRACK) & ~Flags.LONG_PASSWORD, 0x1c, true, false);

    private final long flags;
    private final long extended;
    private final boolean mariaDb;
    private final boolean mySql;

    FlagSet(long flags, long extended, boolean mariaDb, boolean mySql) {
        this.flags = flags | Flags.LOCAL_FILES;
        this.extended = extended;
        this.mariaDb = mariaDb;
        this.mySql = mySql;
    }

    long flags() {
        return flags;
    }

    /** MariaDB's further flags. */
    long extended() {
        return extended;
    }

    /** Whether servers of a kind have them. */
    boolean suits(Server.Kind kind) {
        return kind == Server.Kind.MARIADB ? mariaDb : mySql;
    }
}
