/**
 * The peers that tests talk to: a raw client, a scripted server, and a relay that breaks connections on purpose.
 *
 * <p>They implement the MySQL protocol a second time, blocking and simple, so that a mistake in the production codecs can't
 * hide itself. Nothing here may use {@code dev.myproxy} packages other than {@code address}. Every operation has a time
 * limit.
 */
@NullMarked
package dev.myproxy.peers;

import org.jspecify.annotations.NullMarked;
