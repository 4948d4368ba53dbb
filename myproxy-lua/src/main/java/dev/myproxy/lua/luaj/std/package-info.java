/**
 * Lua 5.1's standard libraries, with LuaJIT's additions: one class per library, and what they share.
 *
 * <p>All of it is written anew because LuaJ's own libraries speak 5.2 and part from the C library in formats, patterns,
 * errors and limits. The libraries are functions of a {@link dev.myproxy.lua.luaj.vm.Machine}; files are relative to the
 * directory that {@link dev.myproxy.lua.luaj.std.Surroundings} names. May use {@code vm}.
 */
@NullMarked
package dev.myproxy.lua.luaj.std;

import org.jspecify.annotations.NullMarked;
