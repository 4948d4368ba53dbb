package dev.myproxy.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a node and what has been learnt about it lately. Pure: every event makes a new one, or gives the same one
 * if it changes nothing.
 *
 * <p>What a working server says about itself (it takes no writes; it is full) is true at once. Whether it works is
 * decided by {@code rise} and {@code fall} counts. The first check decides alone.
 *
 * @param takesNoWrites whether it was so when that was seen last
 * @param reason        of the last check
 * @param since         when it came into its state
 * @param against       how many checks in a row have found the opposite: a working node not working, or the other way round
 * @param suspicion     failures that sessions had
 */
record NodeHealth(NodeState state, boolean takesNoWrites, String reason, Instant since, Optional<Duration> checkTook,
        Optional<Duration> lag, int against, Optional<Suspicion> suspicion) {

    /** A storm of failures renews a suspicion once in this time. */
    private static final long RENEWAL_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * Sessions failed to connect to the node, or it did not greet them, or it was full.
     *
     * @param failures for {@code fall}
     * @param reason   of the latest one
     * @param nanos    when that was
     */
    record Suspicion(int failures, String reason, long nanos) {}

    /** Of a node that has not been checked. */
    static NodeHealth unknown(Moment now) {
        return new NodeHealth(NodeState.UNKNOWN, false, "", now.time(), Optional.empty(), Optional.empty(), 0,
                Optional.empty());
    }

    /** A check has ended. */
    NodeHealth checked(CheckResult result, int rise, int fall, Moment now) {
        boolean works = result.state().isWorking();
        boolean opposite = state != NodeState.UNKNOWN && works != state.isWorking();
        int checks = opposite ? against + 1 : 0;
        int failures = works ? 0 : suspicion.map(Suspicion::failures).orElse(0);
        boolean decided = !opposite || checks + failures >= (works ? rise : fall);
        NodeState next = decided ? result.state() : state;
        return new NodeHealth(next, takesNoWrites(result.state()), result.reason(), next == state ? since : now.time(),
                Optional.of(result.took()), result.lag(), decided ? 0 : checks,
                works || decided ? Optional.empty() : suspicion);
    }

    private boolean takesNoWrites(NodeState found) {
        return switch (found) {
            case READ_ONLY -> true;
            case ALIVE -> false;
            default -> takesNoWrites;
        };
    }

    /**
     * A session could not connect, or was not greeted, or the server was full.
     *
     * @param failures how much that counts for {@code fall}
     */
    NodeHealth suspect(int failures, String why, int fall, Moment now) {
        if (state == NodeState.DEAD || state == NodeState.AUTH_FAILED) {
            return this;
        }
        int before = suspicion.map(Suspicion::failures).orElse(0);
        int sum = Math.min(before + failures, fall);
        boolean fresh = suspicion.isPresent() && now.nanos() - suspicion.get().nanos() < RENEWAL_NANOS;
        return fresh && sum == before ? this : with(Optional.of(new Suspicion(sum, why, now.nanos())));
    }

    /** A session was greeted. */
    NodeHealth reached() {
        return suspicion.isEmpty() ? this : with(Optional.empty());
    }

    /**
     * Whether the node has failed and no check has decided on that yet.
     *
     * @param limit for how long failures of sessions count if no check follows
     */
    boolean isSuspect(Duration limit, long nanos) {
        boolean checksFail = state.isWorking() && against > 0;
        return checksFail || suspicion.filter(found -> nanos - found.nanos() < limit.toNanos()).isPresent();
    }

    /**
     * The rank of the node for a session: the higher, the better. Suspects come last in their state. A node that is full
     * and took no writes before is no better for writers than one that takes none.
     */
    int rank(boolean readOnly, boolean suspect) {
        boolean doubtful = !readOnly && state == NodeState.OVERLOADED && takesNoWrites;
        int rank = (doubtful ? NodeState.READ_ONLY : state).rank(readOnly);
        return 3 * rank + (suspect ? 0 : doubtful ? 1 : 2);
    }

    /** Whether the node works and, as far as is known, takes writes. */
    boolean isWritable() {
        return state == NodeState.ALIVE || (state == NodeState.OVERLOADED && !takesNoWrites);
    }

    /** Whether the next check may change the state. */
    boolean isChanging() {
        return against > 0 || suspicion.isPresent();
    }

    /** The same without what is not decided yet: what another cluster begins with. */
    NodeHealth settled() {
        return new NodeHealth(state, takesNoWrites, reason, since, checkTook, lag, 0, Optional.empty());
    }

    private NodeHealth with(Optional<Suspicion> newSuspicion) {
        return new NodeHealth(state, takesNoWrites, reason, since, checkTook, lag, against, newSuspicion);
    }
}
