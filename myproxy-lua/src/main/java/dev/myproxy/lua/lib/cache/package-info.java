/**
 * The library {@code cache}: what a script looked up, kept for a time, and looked up once for all who ask at the same
 * moment.
 *
 * <p>{@link dev.myproxy.lua.lib.cache.Cache} is one cache, {@code CacheStore} what it keeps, {@code Fetch} a look-up that
 * runs. May use {@code dev.myproxy.lua} and {@code dev.myproxy.lua.lib}.
 */
@NullMarked
package dev.myproxy.lua.lib.cache;

import org.jspecify.annotations.NullMarked;
