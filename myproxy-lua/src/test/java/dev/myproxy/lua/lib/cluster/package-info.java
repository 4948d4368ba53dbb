/** Tests of the library for clusters that need no script. */
@NullMarked
package dev.myproxy.lua.lib.cluster;

import org.jspecify.annotations.NullMarked;
