/**
 * Lua, whichever engine runs it: the values that pass between Java and a script, the functions and objects that Java
 * offers, the verticle that owns a script.
 *
 * <p>A {@link dev.myproxy.lua.LuaState} is what an engine adapter implements (packages {@code luajit} and {@code luaj});
 * its Javadoc is the list of what an adapter must do. The libraries of package {@code lib} are written once, against
 * this package, and never see an engine. Scripts are single-threaded: everything here runs in turn, one piece of Lua or
 * of library code at a time (see {@code LuaState}). May use core; knows no engine.
 */
@NullMarked
package dev.myproxy.lua;

import org.jspecify.annotations.NullMarked;
