package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaFunction;

/**
 * What a test file registered with {@code test.case}.
 *
 * @param line where it did so
 * @param body runs the case with all that comes before it; kept
 */
record TestCase(String name, int line, LuaFunction body) {}
