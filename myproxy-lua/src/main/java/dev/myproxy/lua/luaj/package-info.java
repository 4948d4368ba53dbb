/**
 * The engine {@code luaj}: Lua in pure Java, for machines where LuaJIT's native library does not load.
 *
 * <p>This package adapts the machine of package {@code vm}, with the standard libraries of package {@code std}, to
 * {@link dev.myproxy.lua.LuaState}. There are no threads: a task is a coroutine of the machine, and waiting leaves its
 * frames on the heap until the turn comes in which the results are there. May use {@code dev.myproxy.lua}, {@code vm} and
 * {@code std}.
 */
@NullMarked
package dev.myproxy.lua.luaj;

import org.jspecify.annotations.NullMarked;
