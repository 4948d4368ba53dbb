package dev.myproxy.session;

import java.time.Duration;

/**
 * Limits of sessions.
 *
 * @param loginTimeout        how long a client may take to answer a packet of the login
 * @param connectTimeout      how long connecting to a server may take
 * @param backendLoginTimeout how long a server may take from the connection to the end of the login
 */
public record SessionSettings(Duration loginTimeout, Duration connectTimeout, Duration backendLoginTimeout) {

    /** What the daemon uses. */
    public static final SessionSettings DEFAULT = new SessionSettings(Duration.ofSeconds(10), Duration.ofSeconds(30),
            Duration.ofSeconds(30));
}
