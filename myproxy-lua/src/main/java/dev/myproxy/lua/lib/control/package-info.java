/**
 * {@code control_listen}: where a script lets the daemon take commands. The sockets themselves are the daemon's
 * ({@code ScriptHost}). And the rules of who may use such a listener, which {@code admin} has, too.
 *
 * <p>May use {@code address}, {@code control}, {@code script} and the shared parts of {@code lua}.
 */
@NullMarked
package dev.myproxy.lua.lib.control;

import org.jspecify.annotations.NullMarked;
