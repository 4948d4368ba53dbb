/** Tests of connection strings, on their own and against the libpq of an installed psql. */
@NullMarked
package dev.myproxy.pg.conninfo;

import org.jspecify.annotations.NullMarked;
