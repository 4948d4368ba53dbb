/**
 * What sessions count: how far they came, why they ended, what passed and how long it took.
 *
 * <p>Each event loop counts for itself ({@link dev.myproxy.session.meters.LoopMeters}): packets once per read burst
 * ({@link dev.myproxy.session.meters.TrafficMeters}), statements when they have been answered
 * ({@link dev.myproxy.session.meters.StatementMeters}), without locks and without objects.
 * {@link dev.myproxy.session.meters.SessionMeters} adds that up for Prometheus.
 *
 * <p>Knows no session. May use {@code metrics}, {@code protocol}, {@code script} and {@code session.kill}.
 */
@NullMarked
package dev.myproxy.session.meters;

import org.jspecify.annotations.NullMarked;
