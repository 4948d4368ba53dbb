/**
 * Several servers as one: the nodes of a cluster, their state, the choice of a node for an account. May use core; knows no
 * Lua.
 *
 * <p>The choice is pure: {@link dev.myproxy.cluster.Rendezvous} takes nodes, their states and an account, and gives a node.
 */
@NullMarked
package dev.myproxy.cluster;

import org.jspecify.annotations.NullMarked;
