/**
 * {@code admin_listen}: where a script lets the daemon show its state. The sockets themselves are the daemon's
 * ({@code ScriptHost}).
 *
 * <p>May use {@code address}, {@code control} (rules of who may ask), {@code script} and the shared parts of {@code lua}.
 */
@NullMarked
package dev.myproxy.lua.lib.admin;

import org.jspecify.annotations.NullMarked;
