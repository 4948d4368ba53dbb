package dev.myproxy.script;

import java.time.Duration;
import java.util.Optional;

/**
 * The options of a listener, which hold for its clients.
 *
 * @param maxQueryBytes    the longest statement, with its query attributes, that {@code on_query} is called for; longer ones
 *                         are refused
 * @param loginTimeout     how long the proxy waits for a client in the course of one login, all its answers together
 * @param maxPendingLogins how many clients may have connected and not logged in yet; more are refused
 * @param idleTimeout      how long a client may send no command while nothing is under way; empty for ever
 * @param writeTimeout     how long a client may take nothing of what waits for it; empty for ever
 * @param localInfile      whether servers may ask clients for local files
 */
public record ListenOptions(int maxQueryBytes, Duration loginTimeout, int maxPendingLogins,
        Optional<Duration> idleTimeout, Optional<Duration> writeTimeout, boolean localInfile) {

    /** The smallest {@link #maxQueryBytes}. */
    public static final int MIN_QUERY_BYTES = 1 << 10;

    /** The largest {@link #maxQueryBytes}, which is also the most that servers can be told to take. */
    public static final int MAX_QUERY_BYTES = 1 << 30;

    /** The shortest time that any of the timeouts may have. */
    public static final Duration SHORTEST = Duration.ofMillis(1);

    /** The longest {@link #loginTimeout}. */
    public static final Duration LONGEST_LOGIN = Duration.ofHours(1);

    /** The longest {@link #idleTimeout} and {@link #writeTimeout}. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /** The largest {@link #maxPendingLogins}. */
    public static final int MOST_PENDING_LOGINS = 1_000_000;

    /** What holds where the script says nothing. */
    public static final ListenOptions DEFAULT = new ListenOptions(1 << 20, Duration.ofSeconds(10), 1024,
            Optional.empty(), Optional.empty(), true);

    public ListenOptions {
        check("max_query_bytes", maxQueryBytes >= MIN_QUERY_BYTES && maxQueryBytes <= MAX_QUERY_BYTES);
        check("login_timeout", isWithin(loginTimeout, LONGEST_LOGIN));
        check("max_pending_logins", maxPendingLogins >= 1 && maxPendingLogins <= MOST_PENDING_LOGINS);
        check("idle_timeout", idleTimeout.map(time -> isWithin(time, LONGEST)).orElse(true));
        check("write_timeout", writeTimeout.map(time -> isWithin(time, LONGEST)).orElse(true));
    }

    private static boolean isWithin(Duration time, Duration longest) {
        return time.compareTo(SHORTEST) >= 0 && time.compareTo(longest) <= 0;
    }

    private static void check(String name, boolean good) {
        if (!good) {
            throw new IllegalArgumentException(name + " out of range");
        }
    }

    /** The same with another {@link #maxQueryBytes}. */
    public ListenOptions withMaxQueryBytes(int bytes) {
        return new ListenOptions(bytes, loginTimeout, maxPendingLogins, idleTimeout, writeTimeout, localInfile);
    }

    /** The same with another {@link #loginTimeout}. */
    public ListenOptions withLoginTimeout(Duration time) {
        return new ListenOptions(maxQueryBytes, time, maxPendingLogins, idleTimeout, writeTimeout, localInfile);
    }

    /** The same with another {@link #maxPendingLogins}. */
    public ListenOptions withMaxPendingLogins(int logins) {
        return new ListenOptions(maxQueryBytes, loginTimeout, logins, idleTimeout, writeTimeout, localInfile);
    }

    /** The same with an {@link #idleTimeout}. */
    public ListenOptions withIdleTimeout(Duration time) {
        return new ListenOptions(maxQueryBytes, loginTimeout, maxPendingLogins, Optional.of(time), writeTimeout,
                localInfile);
    }

    /** The same with a {@link #writeTimeout}. */
    public ListenOptions withWriteTimeout(Duration time) {
        return new ListenOptions(maxQueryBytes, loginTimeout, maxPendingLogins, idleTimeout, Optional.of(time),
                localInfile);
    }

    /** The same where no server may ask clients for files. */
    public ListenOptions withoutLocalInfile() {
        return new ListenOptions(maxQueryBytes, loginTimeout, maxPendingLogins, idleTimeout, writeTimeout, false);
    }
}
