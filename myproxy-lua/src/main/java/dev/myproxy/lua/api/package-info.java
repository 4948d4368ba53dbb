/**
 * The description of what scripts can call: the single source of the reference page, of the files for editors, and of the
 * names that {@code --check} knows.
 *
 * <p>One annotation file per library, {@code NAME.lua} among the resources of this package, in the notation of the Lua
 * language server (LuaLS). Whoever adds a function describes it there; tests compare the files with what the engines
 * register. A file that breaks these rules fails the build with its line:
 *
 * <ul>
 * <li>The first line is {@code ---@meta}. Text that follows, up to an empty line, is the library's description; its first
 * line is the title.
 * <li>Text stands in lines {@code --- …} <em>before</em> what it describes; for parameters, results and fields it may follow
 * the type in the same line. It is Markdown, in complete sentences. Functions, classes, fields and variables need some.
 * <li>{@code ---@class NAME} or {@code NAME: PARENT}, then {@code ---@field NAME TYPE TEXT} ({@code NAME?} if it may be
 * nil, {@code [string]} if any key will do). A variable may follow ({@code local client = {}} for objects, {@code pg = {}} for
 * a library's table), an empty line ends it (options tables). {@code ---@overload fun(…)} says how its objects are called. The name is that of the {@code LuaClass} or
 * {@code OptionSet}. The text of an attribute that scripts may set begins with "Read and write".
 * <li>{@code ---@param NAME TYPE TEXT} and {@code ---@return TYPE NAME TEXT} (or {@code TYPE # TEXT}) in the order of the
 * function's, {@code ---@overload
 * fun(…)}; then {@code function NAME(…) end}, {@code function client:NAME(…) end}, {@code function json.NAME(…) end}.
 * <li>{@code ---@type TYPE}, then {@code NAME = nil} or {@code json.NAME = nil}, or {@code = {}}.
 * <li>{@code ---@alias NAME TYPE}.
 * <li>Two of our own: {@code ---@loading} for what exists only while the configuration loads, {@code ---@provided} for
 * globals that the script defines and the daemon reads.
 * </ul>
 *
 * <p>Types are LuaLS's: names, unions with {@code |}, {@code ?}, {@code []}, {@code table<K, V>}, {@code fun(a: T): R},
 * {@code {key: T}}, strings. Pure but for reading the resources; uses no other package of this project.
 */
@NullMarked
package dev.myproxy.lua.api;

import org.jspecify.annotations.NullMarked;
