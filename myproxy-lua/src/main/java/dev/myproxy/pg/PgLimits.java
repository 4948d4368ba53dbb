package dev.myproxy.pg;

/**
 * What one database object may use.
 *
 * @param connections    for statements; if more than one, another one for notifications is added when needed
 * @param maxResultBytes how large the rows of one statement may be in memory
 * @param maxWaiting     how many statements may wait at once
 */
public record PgLimits(int connections, long maxResultBytes, int maxWaiting) {

    /** What is used if nobody says otherwise. */
    public static final PgLimits DEFAULT = new PgLimits(1, 16L << 20, 10_000);
}
