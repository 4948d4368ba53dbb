/**
 * Certificates, keys, and what clients and servers are shaken hands with by them. Knows nothing of sessions, nor of the
 * protocol around the handshake. Netty's handler does the work, with BoringSSL where its library loads and else with
 * Java's own engine. May use nothing else of ours.
 *
 * <p>A {@link dev.myproxy.tls.ListenerTls} is what one listener offers its clients. Files are read by whoever asks for it,
 * never on an event loop, and read again when they have changed; a handshake takes what was read last.
 */
@NullMarked
package dev.myproxy.tls;

import org.jspecify.annotations.NullMarked;
