/**
 * What scripts can call beyond Lua's own libraries: one class per library or kind of object, for all engines.
 *
 * <p>Names, checks and error texts are those of the C++ myproxy where it had the function. May use
 * {@code dev.myproxy.lua} and core.
 */
@NullMarked
package dev.myproxy.lua.lib;

import org.jspecify.annotations.NullMarked;
