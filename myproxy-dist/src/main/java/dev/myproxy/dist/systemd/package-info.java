/**
 * This process as a service: what it tells systemd, or any manager that speaks sd_notify(3), and what it watches in itself.
 *
 * <p>{@link dev.myproxy.dist.systemd.Service} is what the rest of the daemon knows of it; without a manager it says nothing.
 * {@link dev.myproxy.dist.systemd.Watchdog} has each event loop answer, {@link dev.myproxy.dist.systemd.ScriptWatch} the script.
 * May use {@code posix}, and {@code transport} for the texts of errors.
 */
@NullMarked
package dev.myproxy.dist.systemd;

import org.jspecify.annotations.NullMarked;
