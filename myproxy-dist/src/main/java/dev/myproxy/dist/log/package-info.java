/**
 * Where log lines go: informational ones to stdout, warnings and errors to stderr, as they are, without decoration.
 *
 * <p>A thread of its own writes, so that a reader of stdout or stderr that hangs never holds up an event loop. May use
 * logback and nothing of ours.
 */
@NullMarked
package dev.myproxy.dist.log;

import org.jspecify.annotations.NullMarked;
