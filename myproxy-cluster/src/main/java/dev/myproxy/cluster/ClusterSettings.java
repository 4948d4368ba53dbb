package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.script.ServerLink;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a cluster behaves.
 *
 * @param name                  what people call it; several clusters may have the same
 * @param monitoring            how its nodes are watched; empty if they are not
 * @param disconnectUnavailable whether sessions leave nodes that are not fit any more
 * @param weights               shares of the accounts, relative to each other: 0 or more, 1 for nodes that are not in it. A
 *                              node with 0 gets accounts only when no other node is in as good a state
 * @param link                  how connections to the nodes begin, those of checks too
 */
public record ClusterSettings(Optional<String> name, Optional<Monitoring> monitoring, boolean disconnectUnavailable,
        Map<Address, Double> weights, ServerLink link) {

    /** Nobody watches the nodes. */
    public static final ClusterSettings UNWATCHED = new ClusterSettings(Optional.empty(), Optional.empty(), false,
            Map.of());

    /** Of a cluster whose connections begin as usual. */
    public ClusterSettings(Optional<String> name, Optional<Monitoring> monitoring, boolean disconnectUnavailable,
            Map<Address, Double> weights) {
        this(name, monitoring, disconnectUnavailable, weights, ServerLink.PLAIN);
    }

    public ClusterSettings {
        weights = Map.copyOf(weights);
        weights.forEach((address, weight) -> require(weight >= 0 && Double.isFinite(weight),
                "the weight of " + address + " must be 0 or more, not " + weight));
    }

    /**
     * How nodes are watched.
     *
     * @param check        what a check does
     * @param interval     from the end of a check to the next one, give or take a tenth; a node that is changing is
     *                     checked ten times as often, but not more than once a second
     * @param rise         how many good checks in a row bring a node back that was dead or refused the check's login
     * @param fall         how many failures in a row make a working node dead; failures to connect of sessions count too,
     *                     but the last one must be a check's
     * @param readyTimeout how long logins wait for the first checks
     */
    public record Monitoring(CheckSettings check, Duration interval, int rise, int fall, Duration readyTimeout) {

        public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(20);

        public static final Duration DEFAULT_READY_TIMEOUT = Duration.ofSeconds(30);

        public Monitoring {
            require(interval.isPositive(), "the interval must be positive");
            require(rise >= 1, "rise must be at least 1");
            require(fall >= 1, "fall must be at least 1");
            require(readyTimeout.isPositive(), "the time to wait for the first checks must be positive");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
