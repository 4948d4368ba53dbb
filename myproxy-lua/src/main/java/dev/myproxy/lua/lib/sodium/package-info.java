/**
 * The library {@code sodium}: functions of libsodium under their own names, and what goes with them. The native library is
 * loaded when a script first calls one. May use {@code dev.myproxy.lua}, {@code dev.myproxy.lua.lib} and core.
 */
@NullMarked
package dev.myproxy.lua.lib.sodium;

import org.jspecify.annotations.NullMarked;
