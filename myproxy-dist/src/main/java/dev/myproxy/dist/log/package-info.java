/**
 * Where log lines go, and in which form: {@link dev.myproxy.dist.log.LogFormat}.
 *
 * <p>Loggers give their events to {@link dev.myproxy.dist.log.LineAppender}, which makes {@link dev.myproxy.dist.log.Entry entries}
 * of them, with the events' key-value pairs as fields. A thread of its own, that of {@link dev.myproxy.dist.log.LineWriter},
 * gives them their form and writes them into a {@link dev.myproxy.dist.log.Sink}, so that a reader that hangs, of stdout, of stderr
 * or of the journal's socket, never holds up an event loop.
 *
 * <p>May use logback, Jackson, {@code posix}, and {@code protocol} for strings of bytes.
 */
@NullMarked
package dev.myproxy.dist.log;

import org.jspecify.annotations.NullMarked;
