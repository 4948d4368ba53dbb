/**
 * The MySQL client/server protocol: packets, capabilities, commands, framing, and the tracker that follows responses.
 *
 * <p>Everything here is values and pure functions over {@link io.netty.buffer.ByteBuf}: no sockets, no threads, no clock.
 * The package depends on {@code io.netty.buffer} alone.
 */
@NullMarked
package dev.myproxy.protocol;

import org.jspecify.annotations.NullMarked;
