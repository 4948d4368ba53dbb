/**
 * A PostgreSQL client that gives what the server sends: text for every type, the server's errors as libpq words them,
 * notifications; with connections that come back by themselves.
 *
 * <p>{@link dev.myproxy.pg.PgDatabase} is the way in. Below it, each {@link dev.myproxy.pg.Link} owns one connection of
 * the Vert.x client, which does connecting, TLS, logging in and the writing of messages. What the server answers is read
 * by {@link dev.myproxy.pg.BackendMessages}, which stands in the pipeline before the client's own decoder: rows, errors
 * and notifications end there, and types are replaced so that the client asks for text. It leans on the order in
 * which that version of the client talks, which the tests of this package guard.
 *
 * <p>Knows neither scripts nor the proxy; may use {@code dev.myproxy.protocol} for strings of bytes.
 */
@NullMarked
package dev.myproxy.pg;

import org.jspecify.annotations.NullMarked;
