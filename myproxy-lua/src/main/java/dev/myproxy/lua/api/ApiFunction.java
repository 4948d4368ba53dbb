package dev.myproxy.lua.api;

import java.util.List;

/**
 * A function or a method.
 *
 * @param owner      the class that it belongs to; empty for a global function
 * @param variable   what stands before its name in the annotation file, such as {@code client} or {@code pg}; empty for a
 *                   global function
 * @param method     whether it is called with a colon
 * @param text       what it does, in Markdown
 * @param parameters without {@code self}
 * @param overloads  other ways to call it, as LuaLS types {@code fun(…)}
 * @param traits     what else is to be known of it
 */
public record ApiFunction(String owner, String variable, boolean method, String name, String text,
        List<ApiParameter> parameters, List<ApiReturn> returns, List<String> overloads, Traits traits, Place place) {

    /** As scripts write it: {@code pg:new}, {@code sodium.bin2hex}, {@code sleep}. */
    public String qualifiedName() {
        return variable.isEmpty() ? name : variable + (method ? ":" : ".") + name;
    }

    /** Whether it is a function of the library's own, and not of an object or a table. */
    public boolean isGlobal() {
        return owner.isEmpty();
    }
}
