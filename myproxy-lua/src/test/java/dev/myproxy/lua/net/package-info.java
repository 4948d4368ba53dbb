/** Tests of the sockets of scripts. */
@NullMarked
package dev.myproxy.lua.net;

import org.jspecify.annotations.NullMarked;
