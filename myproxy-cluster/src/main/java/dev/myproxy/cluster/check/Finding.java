package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import java.time.Duration;
import java.util.Optional;

/**
 * What a step of a check has found out.
 *
 * @param state  never {@link NodeState#UNKNOWN}
 * @param reason one line
 * @param lag    how far the server is behind, if that was asked
 */
record Finding(NodeState state, String reason, Optional<Duration> lag) implements Step {

    /** Nothing is wrong. */
    static final Finding OK = new Finding(NodeState.ALIVE, "ok", Optional.empty());

    static Finding of(NodeState state, String reason) {
        return new Finding(state, reason, Optional.empty());
    }

    static Finding dead(String reason) {
        return of(NodeState.DEAD, reason);
    }

    Finding withLag(Duration found) {
        return new Finding(state, reason, Optional.of(found));
    }

    /** Both together: the worse of the two decides, and the later one if they are equally good. */
    Finding and(Finding later) {
        Finding decisive = later.state.isBetterThan(state) ? this : later;
        return new Finding(decisive.state, decisive.reason, later.lag.or(() -> lag));
    }
}
