package dev.myproxy.lua.api;

/**
 * A value that a function returns.
 *
 * @param type in LuaLS's notation
 * @param text what it is; perhaps empty
 */
public record ApiReturn(String type, String text) {}
