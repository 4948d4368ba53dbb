/** Tests of JSON. */
@NullMarked
package dev.myproxy.lua.lib.json;

import org.jspecify.annotations.NullMarked;
