/**
 * How a configuration is run: the verticle that owns the script, handlers and what they decided, {@code reload}.
 *
 * <p>May use {@code dev.myproxy.lua}, its libraries and core; knows no engine.
 */
@NullMarked
package dev.myproxy.lua.script;

import org.jspecify.annotations.NullMarked;
