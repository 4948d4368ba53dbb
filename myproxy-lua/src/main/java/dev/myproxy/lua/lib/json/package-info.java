/**
 * JSON for scripts: the library {@code json}, and reading and writing of Lua values as JSON for other libraries.
 *
 * <p>The text is read and written by Jackson; here is how Lua's values and JSON's correspond. May use
 * {@code dev.myproxy.lua}, {@code dev.myproxy.lua.lib} and core.
 */
@NullMarked
package dev.myproxy.lua.lib.json;

import org.jspecify.annotations.NullMarked;
