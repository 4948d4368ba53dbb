package dev.myproxy.pg.conninfo;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Socket options of TCP connections. What is empty is left to the operating system.
 *
 * @param idle how long a connection is silent before the first probe
 * @param interval between probes
 * @param count probes without an answer before the connection counts as lost
 * @param userTimeout how long sent bytes may stay unacknowledged
 */
public record TcpSettings(boolean keepAlive, Optional<Duration> idle, Optional<Duration> interval, OptionalInt count,
        Optional<Duration> userTimeout) {}
