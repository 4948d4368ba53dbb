/**
 * Benchmarks for JMH: what the proxy's own code costs per packet, per byte, per statement and per login, without sockets.
 * {@link dev.myproxy.bench.Traffic} has the bytes that go through it, {@link dev.myproxy.bench.Asker} the questions that a
 * script decides on.
 *
 * <p>Run them with {@code myproxy-bench/jmh}; method and figures are in docs/performance.md.
 */
@NullMarked
package dev.myproxy.bench;

import org.jspecify.annotations.NullMarked;
