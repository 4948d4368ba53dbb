/** Tests of cryptography. */
@NullMarked
package dev.myproxy.lua.lib.sodium;

import org.jspecify.annotations.NullMarked;
