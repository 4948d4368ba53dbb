/** Tests of the cache. */
@NullMarked
package dev.myproxy.lua.lib.cache;

import org.jspecify.annotations.NullMarked;
