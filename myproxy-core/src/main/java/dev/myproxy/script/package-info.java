/**
 * The interface of script engines: events in, decisions out, as records that travel over the event bus.
 *
 * <p>No engine lives here. An engine is found with {@link java.util.ServiceLoader} through
 * {@link dev.myproxy.script.ScriptEngine}; it runs as a verticle on a thread of its own, consumes
 * {@link dev.myproxy.script.ScriptEvent} and answers with {@link dev.myproxy.script.Decision}. May use {@code address},
 * {@code auth}, {@code cgroup}, {@code control}, {@code protocol}, {@code proxyheader} and {@code tls}.
 */
@NullMarked
package dev.myproxy.script;

import org.jspecify.annotations.NullMarked;
