/**
 * The machine that runs Lua bytecode: frames, coroutines, calls, errors, metamethods.
 *
 * <p>Source is compiled by LuaJ's compiler, and values are LuaJ's (strings of bytes, tables, numbers); LuaJ's own interpreter
 * is not used. This one keeps the frames of Lua functions on the heap instead of on the Java stack, so that a coroutine is
 * an object and not a thread: a waiting callback costs what its frames weigh, dropping it is forgetting it, and
 * {@code pcall}, metamethods and iterators can be waited in. It speaks Lua 5.1 as LuaJIT does where LuaJ speaks 5.2.
 *
 * <p>The way of a call: {@link dev.myproxy.lua.luaj.vm.Interpreter} runs the topmost
 * {@link dev.myproxy.lua.luaj.vm.LuaFrame} of the current {@link dev.myproxy.lua.luaj.vm.Coroutine} until it leaves Lua;
 * {@link dev.myproxy.lua.luaj.vm.Machine} gives results to the frame that waits for them,
 * {@link dev.myproxy.lua.luaj.vm.Unwinding} errors to the guard that catches them, and
 * {@link dev.myproxy.lua.luaj.vm.Coroutines} says which coroutine is the current one. May use LuaJ and
 * nothing of ours but {@code LuaNumbers}.
 */
@NullMarked
package dev.myproxy.lua.luaj.vm;

import org.jspecify.annotations.NullMarked;
