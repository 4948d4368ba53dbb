/**
 * Several servers as one: the nodes of a cluster, how they are, the choice of a node for an account. May use core; knows no
 * Lua.
 *
 * <p>A script gets its {@link dev.myproxy.cluster.Cluster} from {@link dev.myproxy.cluster.Clusters}; sessions ask it for
 * candidates. The choice is pure: {@code Rendezvous} knows the nodes and their weights, {@code AccountOrder} gives an
 * account's first node by the ranks that it is told. What is known of each node is a {@code NodeHealth}, which is pure
 * too; {@code NodeTable} holds those of a cluster for all threads. {@code MonitorVerticle} lets a {@code Probe} check each
 * node on its {@code CheckSchedule}, puts the results into the table, and tells the event bus
 * ({@link dev.myproxy.cluster.ClusterBus}) and the sessions ({@code Departures}).
 */
@NullMarked
package dev.myproxy.cluster;

import org.jspecify.annotations.NullMarked;
