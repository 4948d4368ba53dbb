package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a cluster behaves.
 *
 * @param monitoring            how its nodes are watched; empty if they are not
 * @param disconnectUnavailable whether sessions leave nodes that are not fit any more
 * @param weights               shares of the accounts, relative to each other; 1 for nodes that are not in it
 */
public record ClusterSettings(Optional<Monitoring> monitoring, boolean disconnectUnavailable,
        Map<Address, Double> weights) {

    /** Nobody watches the nodes. */
    public static final ClusterSettings UNWATCHED = new ClusterSettings(Optional.empty(), false, Map.of());

    /**
     * How nodes are watched.
     *
     * @param check        what a check does
     * @param interval     from the end of a check to the next one
     * @param rise         how many good checks in a row make a node that was worse better
     * @param fall         how many failures in a row make it worse
     * @param readyTimeout how long logins wait for the first checks
     */
    public record Monitoring(CheckSettings check, Duration interval, int rise, int fall, Duration readyTimeout) {

        public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(20);

        public static final Duration DEFAULT_READY_TIMEOUT = Duration.ofSeconds(30);
    }
}
