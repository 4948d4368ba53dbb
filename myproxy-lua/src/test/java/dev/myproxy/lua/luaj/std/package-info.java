/** Tests of the package of the same name. */
@NullMarked
package dev.myproxy.lua.luaj.std;

import org.jspecify.annotations.NullMarked;
