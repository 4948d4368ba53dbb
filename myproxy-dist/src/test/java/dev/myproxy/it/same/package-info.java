/**
 * The proof that a client can't tell the proxy from the server: the same script, directly and through the daemon, and every
 * packet of every response compared.
 *
 * <p>A {@link dev.myproxy.it.same.Script} is a text file that says what a client sends, not what it gets
 * ({@code docs/developing.md} describes the form). A {@link dev.myproxy.it.same.Player} plays it to a
 * {@link dev.myproxy.it.same.Side}: first directly, which gives a {@link dev.myproxy.it.same.Transcript}, then through the
 * daemon, where each packet must be what the transcript says. {@link dev.myproxy.it.same.Mask} hides what differs by nature,
 * and says what that is. {@link dev.myproxy.it.same.Generator} writes scripts by chance, {@link dev.myproxy.it.same.Shrinker}
 * makes one that fails as short as it can be.
 */
@NullMarked
package dev.myproxy.it.same;

import org.jspecify.annotations.NullMarked;
