/**
 * Metrics for Prometheus: what the page {@code /metrics} shows. May use {@code http}.
 */
@NullMarked
package dev.myproxy.metrics;

import org.jspecify.annotations.NullMarked;
