/** Tests of signed tokens. */
@NullMarked
package dev.myproxy.lua.lib.jwt;

import org.jspecify.annotations.NullMarked;
