/**
 * The library for clusters: several servers as one target. Reads what the script says, shows it the states of nodes, and
 * calls its functions when they change; may use {@code dev.myproxy.cluster}, which chooses and watches. Knows no engine.
 */
@NullMarked
package dev.myproxy.lua.lib.cluster;

import org.jspecify.annotations.NullMarked;
