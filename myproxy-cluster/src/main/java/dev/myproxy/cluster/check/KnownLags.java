package dev.myproxy.cluster.check;

import dev.myproxy.address.Address;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How far the servers of a cluster are behind at most, by what earlier checks have found: one that receives nothing falls
 * behind by a second in each second. Safe to use from every thread.
 */
final class KnownLags {

    private record Lag(Duration lag, long at) {}

    private final Map<Address, Lag> lags = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    /**
     * @param clock nanoseconds since some moment
     */
    KnownLags(LongSupplier clock) {
        this.clock = clock;
    }

    /** A check has found that a server is this far behind. */
    void found(Address server, Duration lag) {
        lags.put(server, new Lag(lag, clock.getAsLong()));
    }

    /** How far a server is behind now at most; empty if no check has ever found that out. */
    Optional<Duration> of(Address server) {
        return Optional.ofNullable(lags.get(server))
                .map(known -> known.lag().plusNanos(clock.getAsLong() - known.at()));
    }
}
