/**
 * Listening sockets: Unix paths, abstract names, TCP. Accepts clients and hands them on as
 * {@link dev.myproxy.listen.AcceptedClient}. Knows nothing of sessions. May use {@code address}.
 */
@NullMarked
package dev.myproxy.listen;

import org.jspecify.annotations.NullMarked;
