/** Tests of the package of the same name. */
@NullMarked
package dev.myproxy.lua.luaj;

import org.jspecify.annotations.NullMarked;
