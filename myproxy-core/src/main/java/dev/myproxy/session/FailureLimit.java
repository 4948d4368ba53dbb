package dev.myproxy.session;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds the lines about something that a client can cause with each of its packets: one per {@link #WINDOW}, with the
 * number of those that were left out before it.
 */
final class FailureLimit {

    static final Duration WINDOW = Duration.ofSeconds(60);

    private Optional<Long> last = Optional.empty();
    private long leftOut;

    /** The line for a failure that happens now; empty if it is left out. */
    Optional<String> line(String message, long nowNanos) {
        if (last.filter(before -> nowNanos - before < WINDOW.toNanos()).isPresent()) {
            leftOut++;
            return Optional.empty();
        }
        String line = leftOut == 0 ? message : message + " (" + leftOut + " more before)";
        last = Optional.of(nowNanos);
        leftOut = 0;
        return Optional.of(line);
    }
}
