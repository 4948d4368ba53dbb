/**
 * PostgreSQL for scripts: the global {@code pg}, connections, results, arrays, notifications.
 *
 * <p>Turns Lua values into {@link dev.myproxy.pg.PgStatement}s and {@link dev.myproxy.pg.PgResult}s into Lua values; all
 * that has to do with servers is in {@code dev.myproxy.pg}. May use that, {@code dev.myproxy.lua} and its {@code lib}.
 */
@NullMarked
package dev.myproxy.lua.lib.pg;

import org.jspecify.annotations.NullMarked;
