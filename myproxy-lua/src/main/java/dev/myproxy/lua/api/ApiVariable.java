package dev.myproxy.lua.api;

/**
 * A global that is no function.
 *
 * @param type in LuaLS's notation; the class of that name if it is a library's table
 */
public record ApiVariable(String name, String type, String text, Traits traits, Place place) {}
