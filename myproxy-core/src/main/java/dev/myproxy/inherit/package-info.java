/**
 * The sockets that this process was started with, by systemd or anything else that speaks its protocol (sd_listen_fds(3)):
 * descriptors from 3 on, and the environment variables LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES.
 *
 * <p>{@link dev.myproxy.inherit.InheritedSockets} has them all and knows which were taken; whoever takes an
 * {@link dev.myproxy.inherit.InheritedSocket} works with a descriptor of his own, so that closing it leaves the socket to those
 * who come later. May use {@code address} and {@code posix}.
 */
@NullMarked
package dev.myproxy.inherit;

import org.jspecify.annotations.NullMarked;
