/**
 * The libraries {@code log}, {@code clock} and {@code env}: what a script says to the daemon's log, and what it asks of
 * the process. May use {@code dev.myproxy.lua} and {@code dev.myproxy.lua.lib}.
 */
@NullMarked
package dev.myproxy.lua.lib.log;

import org.jspecify.annotations.NullMarked;
