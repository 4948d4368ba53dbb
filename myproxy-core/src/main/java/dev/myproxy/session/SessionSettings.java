package dev.myproxy.session;

import java.time.Duration;

/**
 * Limits of sessions.
 *
 * @param connectTimeout      how long it may take until a server has greeted, all that are tried together
 * @param backendLoginTimeout how long a server may take from the connection to the end of the login
 * @param packetTimeout       how long the rest of a packet may take that stands in the way of an ERR packet
 * @param drainTimeout        how long a peer may take to accept what is left for it when its session is over
 */
public record SessionSettings(Duration connectTimeout, Duration backendLoginTimeout,
        Duration packetTimeout, Duration drainTimeout) {

    /** What the daemon uses. */
    public static final SessionSettings DEFAULT = new SessionSettings(Duration.ofSeconds(30),
            Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(60));
}
