/**
 * The library {@code metrics}: counters, gauges and histograms of a script, and {@code prometheus_listen}, which shows
 * them. May use {@code dev.myproxy.lua} and {@code dev.myproxy.lua.lib}.
 */
@NullMarked
package dev.myproxy.lua.lib.metrics;

import org.jspecify.annotations.NullMarked;
