/**
 * Benchmarks of the data path, for JMH: what the proxy's own code costs per packet, per byte and per statement, without
 * sockets. {@link dev.myproxy.bench.Traffic} has the bytes that go through it.
 *
 * <p>Run them with {@code myproxy-bench/jmh}; method and figures are in docs/performance.md.
 */
@NullMarked
package dev.myproxy.bench;

import org.jspecify.annotations.NullMarked;
