/**
 * How to reach a PostgreSQL database, as libpq's users say it: connection strings (key/value and URI), {@code PG…}
 * environment variables, service files and password files.
 *
 * <p>{@link dev.myproxy.pg.conninfo.Conninfo#read} makes {@link dev.myproxy.pg.conninfo.ConnectionSettings} of them.
 * Knows neither Lua nor a database client, and asks no name server; it reads files, nothing else. May use
 * {@code auth} (secrets) and {@code text}. The source of all rules is the chapter on libpq in PostgreSQL's manual, and the
 * behaviour of libpq itself, which the tests compare with.
 */
@NullMarked
package dev.myproxy.pg.conninfo;

import org.jspecify.annotations.NullMarked;
