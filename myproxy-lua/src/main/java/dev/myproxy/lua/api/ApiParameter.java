package dev.myproxy.lua.api;

/**
 * A parameter of a function.
 *
 * @param name     {@code ...} for all further ones
 * @param optional whether it may be left out
 * @param type     in LuaLS's notation
 * @param text     what it is; perhaps empty
 */
public record ApiParameter(String name, boolean optional, String type, String text) {}
