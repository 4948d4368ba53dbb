/** Tests of the tests for policies. */
@NullMarked
package dev.myproxy.lua.testing;

import org.jspecify.annotations.NullMarked;
