/**
 * HTTP pages about the daemon, such as {@code /metrics}, on sockets of any kind.
 *
 * <p>To have an HTTP server: make {@link dev.myproxy.http.HttpPages} of what is to be shown at which path, put it behind
 * {@link dev.myproxy.http.HttpConnections}, and deploy a {@link dev.myproxy.listen.ListenerVerticle} that hands its clients to
 * {@link dev.myproxy.http.HttpConnections#accept}. Sockets so obey the same rules as those for MySQL clients (stale files, modes,
 * abstract names, a pause when descriptors run out); behind them Vert.x's HTTP server does what HTTP asks for.
 *
 * <p>May use {@code address} and {@code listen}.
 */
@NullMarked
package dev.myproxy.http;

import org.jspecify.annotations.NullMarked;
