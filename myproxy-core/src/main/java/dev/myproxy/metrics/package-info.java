/**
 * Metrics for Prometheus: a small HTTP server for pages such as {@code /metrics}.
 *
 * <p>{@link dev.myproxy.metrics.HttpPages} answers the clients that a listener hands over; what a page shows is a
 * {@link dev.myproxy.metrics.Page}. May use {@code address} and {@code listen}.
 */
@NullMarked
package dev.myproxy.metrics;

import org.jspecify.annotations.NullMarked;
