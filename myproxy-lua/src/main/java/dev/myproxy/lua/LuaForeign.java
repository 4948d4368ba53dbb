package dev.myproxy.lua;

/** A userdata that is none of our objects, such as an open file; or an engine's own type, such as LuaJIT's cdata. */
public non-sealed interface LuaForeign extends LuaReference {}
