/**
 * How this process speaks to sockets: which kind of Netty channel stands behind an address, connections to servers, the end
 * of connections, and the Vert.x contexts of the event loops that both share.
 *
 * <p>Everything runs on Vert.x's own event loops and nothing blocks them. May use {@code address} and {@code posix}, Netty's
 * channels and Vert.x's internals; knows nothing of the MySQL protocol.
 */
@NullMarked
package dev.myproxy.transport;

import org.jspecify.annotations.NullMarked;
