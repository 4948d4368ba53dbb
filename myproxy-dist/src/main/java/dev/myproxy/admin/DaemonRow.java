package dev.myproxy.admin;

import java.time.Instant;

/**
 * What is shown of the daemon itself, and does not change.
 *
 * @param configuration path of the configuration
 */
public record DaemonRow(String version, String configuration, long pid, Instant started) {}
