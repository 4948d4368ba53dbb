/** Tests of what scripts can do, on each engine that works on this machine. */
@NullMarked
package dev.myproxy.lua.script;

import org.jspecify.annotations.NullMarked;
