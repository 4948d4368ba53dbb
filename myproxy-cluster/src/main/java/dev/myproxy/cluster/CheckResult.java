package dev.myproxy.cluster;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Quoting;
import java.time.Duration;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param state   never {@link NodeState#UNKNOWN}
 * @param reason  one line for logs and people: what the server said or what went wrong, such as {@code read only} or
 *                {@code Failed to connect to …: Connection refused}; control characters are escaped
 * @param took    from the beginning of the connection to the result
 * @param lag     how far the replica is behind, if that was asked and the server knows
 * @param greeting what the server's greeting said, if there was one
 */
public record CheckResult(NodeState state, String reason, Duration took, Optional<Duration> lag,
        Optional<Greeting> greeting) {

    /**
     * How a server introduced itself.
     *
     * @param version that it named
     * @param offered what it can do
     */
    public record Greeting(ByteString version, Capabilities offered) {}

    public CheckResult {
        if (state == NodeState.UNKNOWN) {
            throw new IllegalArgumentException("a check that found nothing out");
        }
        reason = Quoting.oneLine(reason);
    }

    /** What a check found without a greeting. */
    public CheckResult(NodeState state, String reason, Duration took, Optional<Duration> lag) {
        this(state, reason, took, lag, Optional.empty());
    }
}
