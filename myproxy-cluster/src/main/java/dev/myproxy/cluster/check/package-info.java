/**
 * The health check of a node: one conversation with a server, from the connection to COM_QUIT.
 *
 * <p>{@link dev.myproxy.cluster.check.HealthCheck} is the way in. It starts a {@code CheckRun}, which connects, logs in
 * with {@code backend}'s handler and keeps the time; an {@code Interview} then asks the server one {@code Question} after
 * the other. Questions are pure: each has a statement and judges the answer to it.
 *
 * <p>May use {@code backend}, {@code auth}, {@code protocol}, {@code transport} and {@code address} of core, and the shapes
 * of {@code cluster}. Logs nothing.
 */
@NullMarked
package dev.myproxy.cluster.check;

import org.jspecify.annotations.NullMarked;
