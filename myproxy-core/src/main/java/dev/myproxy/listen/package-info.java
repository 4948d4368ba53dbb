/**
 * Listening sockets: Unix paths, abstract names, TCP, inherited ones. Accepts clients and hands them on as
 * {@link dev.myproxy.listen.AcceptedClient}. Knows nothing of sessions. May use {@code address}, {@code inherit},
 * {@code posix} and {@code transport}.
 *
 * <p>A {@link dev.myproxy.listen.ListenerVerticle} owns one socket. It accepts on Vert.x's acceptor thread; an
 * {@link dev.myproxy.listen.EventLoopBalance} chooses the event loop that a client stays on.
 */
@NullMarked
package dev.myproxy.listen;

import org.jspecify.annotations.NullMarked;
