package dev.myproxy.lua.api;

/**
 * A value that a function returns.
 *
 * @param type in LuaLS's notation
 * @param name what to call it; perhaps empty
 * @param text what it is; perhaps empty
 */
public record ApiReturn(String type, String name, String text) {}
