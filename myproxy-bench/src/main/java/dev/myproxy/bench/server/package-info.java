/**
 * The server that is measured: a MariaDB of the program's own, or an existing one, and the table that is selected from.
 */
@NullMarked
package dev.myproxy.bench.server;

import org.jspecify.annotations.NullMarked;
