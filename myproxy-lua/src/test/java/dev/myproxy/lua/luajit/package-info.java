/** Tests of the LuaJIT adapter's parts; what it does as a whole is tested in {@code dev.myproxy.lua}. */
@NullMarked
package dev.myproxy.lua.luajit;

import org.jspecify.annotations.NullMarked;
