/**
 * What {@code ./quickstart} runs: a MariaDB with a sample database, the daemon as delivered before it, and a client that
 * shows a query's result. Stands with the tests because it shares their embedded server; nothing of it is installed.
 */
@NullMarked
package dev.myproxy.quickstart;

import org.jspecify.annotations.NullMarked;
