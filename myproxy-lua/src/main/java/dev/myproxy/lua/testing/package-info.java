/**
 * Unit tests for policies, written in Lua: {@code myproxy test}.
 *
 * <p>A test file runs in a Lua state of its own, on the thread that calls {@link dev.myproxy.lua.testing.PolicyTests}.
 * Each policy that it loads runs as in the daemon: in a {@link dev.myproxy.lua.script.LuaVerticle} with all libraries, on
 * a Vert.x instance of its own, asked with the same events as sessions send. Only what reaches outside is replaced:
 * listeners, databases, name servers, sockets, clock, environment. What the two states say to each other is copied
 * ({@link dev.myproxy.lua.testing.Copies}). The part of the library {@code test} that needs no Java is in Lua, among the
 * resources.
 *
 * <p>May use {@code dev.myproxy.lua}, its libraries, {@code dev.myproxy.lua.script} and core; knows no engine.
 */
@NullMarked
package dev.myproxy.lua.testing;

import org.jspecify.annotations.NullMarked;
