/**
 * The sockets of scripts: streams, datagrams and sequenced packets over TCP, UDP and Unix sockets, on Vert.x's event loops.
 *
 * <p>{@link dev.myproxy.lua.net.Network} connects; what it gives is a {@link dev.myproxy.lua.net.ScriptSocket}. Nothing
 * blocks, and everything ends after a time. May use {@code address}, {@code posix}, {@code protocol} (byte strings),
 * {@code transport}; knows nothing of Lua.
 */
@NullMarked
package dev.myproxy.lua.net;

import org.jspecify.annotations.NullMarked;
