/**
 * The sockets that control datagrams come to: each a {@link dev.myproxy.control.listen.ControlVerticle}.
 *
 * <p>{@link dev.myproxy.control.listen.ControlSocket} opens one, {@link dev.myproxy.control.listen.DatagramSource} reads it on an
 * event loop, {@link dev.myproxy.control.listen.Reception} decides what becomes of a datagram. What the commands do is the affair
 * of {@link dev.myproxy.control.listen.AccountSessions}. May use {@code address}, {@code inherit}, {@code listen}, {@code posix},
 * {@code protocol} (byte strings) and {@code transport}; knows no sessions.
 */
@NullMarked
package dev.myproxy.control.listen;

import org.jspecify.annotations.NullMarked;
