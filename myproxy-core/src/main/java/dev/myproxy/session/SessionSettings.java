package dev.myproxy.session;

import java.time.Duration;

/**
 * Limits of sessions.
 *
 * @param loginTimeout        how long a client may take to answer the greeting
 * @param connectTimeout      how long connecting to a server may take
 * @param backendLoginTimeout how long a server may take from the connection to the end of the login
 * @param lowWaterBytes       queued bytes below which reading from the other side resumes
 * @param highWaterBytes      queued bytes above which reading from the other side pauses
 */
public record SessionSettings(Duration loginTimeout, Duration connectTimeout, Duration backendLoginTimeout,
        int lowWaterBytes, int highWaterBytes) {

    /** What the daemon uses. */
    public static final SessionSettings DEFAULT = new SessionSettings(Duration.ofSeconds(10), Duration.ofSeconds(30),
            Duration.ofSeconds(30), 64 * 1024, 256 * 1024);
}
