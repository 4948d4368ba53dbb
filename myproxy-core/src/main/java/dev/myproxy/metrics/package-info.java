/**
 * What is counted, and how Prometheus reads it.
 *
 * <p>Two kinds of metrics end in one registry, which {@link dev.myproxy.metrics.Exposition} shows. What happens often is
 * counted by each event loop for itself, in a {@link dev.myproxy.metrics.Tally} or as
 * {@link dev.myproxy.metrics.Durations}: one thread writes, without locks or objects, and a scrape reads and adds up
 * ({@link dev.myproxy.metrics.PerLoop}). Collectors, here and in the packages that count, make
 * {@link dev.myproxy.metrics.Metric}s of that. Everything else is a Micrometer meter.
 *
 * <p>May use {@code address} and {@code http}.
 */
@NullMarked
package dev.myproxy.metrics;

import org.jspecify.annotations.NullMarked;
