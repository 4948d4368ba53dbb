/**
 * What scripts can do with sockets: {@code socket}, {@code control_client} and {@code control_resolve}.
 *
 * <p>The sockets themselves live in {@code dev.myproxy.lua.net}. May use that, {@code dev.myproxy.lua}, the basics of
 * {@code lib} and core.
 */
@NullMarked
package dev.myproxy.lua.lib.net;

import org.jspecify.annotations.NullMarked;
