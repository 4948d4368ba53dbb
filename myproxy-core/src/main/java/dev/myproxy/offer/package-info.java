/**
 * What greetings offer to clients, learnt from the greetings of servers: a client is greeted before anybody knows which
 * server it will get.
 *
 * <p>{@link dev.myproxy.offer.Offers} and {@link dev.myproxy.offer.ServerVersions} are the ways in, and
 * the only classes here that threads share.
 *
 * <p>May use {@code protocol} and {@code address}.
 */
@NullMarked
package dev.myproxy.offer;

import org.jspecify.annotations.NullMarked;
