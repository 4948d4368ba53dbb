/**
 * LuaJIT as a {@link dev.myproxy.lua.LuaState}, through luajava's JNI functions and two of LuaJIT's own.
 *
 * <p>{@code prelude.lua} beside this package holds what is easier said in Lua: waiting, coroutines, the watch over
 * callbacks that compute too long. {@link dev.myproxy.lua.luajit.LuaJitState} enters Lua, {@code JitCalls} is where Lua
 * enters Java, {@code JitValues} converts values both ways.
 *
 * <p>Rules that keep the process alive: a Lua error must never unwind Java frames, so Java uses raw accesses only and
 * enters Lua code through {@code lua_pcall}; a Java exception must never unwind Lua frames, so builtins answer with a kind
 * and the prelude raises; Java touches no other Lua thread than the one that runs. Nothing but this package may know
 * luajava.
 */
@NullMarked
package dev.myproxy.lua.luajit;

import org.jspecify.annotations.NullMarked;
