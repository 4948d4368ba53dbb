/** Tests of what every Lua engine has to do, run on each that works on this machine. */
@NullMarked
package dev.myproxy.lua;

import org.jspecify.annotations.NullMarked;
