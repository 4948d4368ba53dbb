/**
 * Several servers as one: the nodes of a cluster, their state, the choice of a node for an account. May use core; knows no
 * Lua.
 */
@NullMarked
package dev.myproxy.cluster;

import org.jspecify.annotations.NullMarked;
