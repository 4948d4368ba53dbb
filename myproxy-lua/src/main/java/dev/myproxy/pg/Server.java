package dev.myproxy.pg;

import io.vertx.pgclient.PgConnectOptions;

/**
 * One of the servers of a database.
 *
 * @param options how to connect and log in
 * @param where   in messages: {@code server at "db1", port 5432} or {@code server on socket "/run/…"}
 */
record Server(PgConnectOptions options, String where) {

    /** Without the password. */
    @Override
    public String toString() {
        return where;
    }
}
