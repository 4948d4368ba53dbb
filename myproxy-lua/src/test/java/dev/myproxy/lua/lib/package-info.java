/** Tests of what libraries have in common. */
@NullMarked
package dev.myproxy.lua.lib;

import org.jspecify.annotations.NullMarked;
