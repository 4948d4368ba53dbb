/**
 * Socket addresses as the configuration writes them: parsing, text form, resolving; and who is at the other end.
 *
 * <p>{@link dev.myproxy.address.AddressParser} makes an {@link dev.myproxy.address.Address} of a text where that needs no
 * name server, and {@link dev.myproxy.address.AddressResolver} does the rest. May use {@code protocol} (byte strings,
 * quoting), Netty's address types and Vert.x's name resolver; opens no sockets of its own.
 */
@NullMarked
package dev.myproxy.address;

import org.jspecify.annotations.NullMarked;
