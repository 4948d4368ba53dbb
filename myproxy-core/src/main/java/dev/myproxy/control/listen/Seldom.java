package dev.myproxy.control.listen;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Bounds the lines about what strangers can cause with every datagram: one for each kind of mistake in {@link #WINDOW}, with
 * the number of those left out before it, and one for each of the first {@value #MOST_SENDERS} senders.
 */
final class Seldom {

    static final Duration WINDOW = Duration.ofSeconds(60);
    static final int MOST_SENDERS = 16;

    private final Map<Enum<?>, Recent> recent = new HashMap<>();
    private final Set<Object> senders = new HashSet<>();

    private static final class Recent {
        private final long nanos;
        private long leftOut;

        private Recent(long nanos) {
            this.nanos = nanos;
        }
    }

    /**
     * The end of a line about something that happens now; empty if there is to be none.
     *
     * @param kind one of a few constants
     */
    Optional<String> again(Enum<?> kind, long nowNanos) {
        Recent last = recent.get(kind);
        if (last != null && nowNanos - last.nanos < WINDOW.toNanos()) {
            last.leftOut++;
            return Optional.empty();
        }
        recent.put(kind, new Recent(nowNanos));
        return Optional.of(last == null || last.leftOut == 0 ? "" : " (" + last.leftOut + " more before)");
    }

    /** The end of a line about a sender; empty if there has been one, or too many. */
    Optional<String> once(Object sender) {
        if (senders.size() >= MOST_SENDERS || !senders.add(sender)) {
            return Optional.empty();
        }
        return Optional.of(senders.size() < MOST_SENDERS ? "" : "; refused senders are only counted from now on");
    }
}
