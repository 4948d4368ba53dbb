/** Tests of what scripts say to the log. */
@NullMarked
package dev.myproxy.lua.lib.log;

import org.jspecify.annotations.NullMarked;
