package dev.myproxy.cluster;

import dev.myproxy.cluster.ClusterSettings.Monitoring;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a node is left in peace between two checks. Pure but for the dice.
 *
 * @param calm     while its state is beyond doubt
 * @param changing while the next check may change its state
 * @param least    when sessions ask for a check
 */
record CheckPace(Duration calm, Duration changing, Duration least) {

    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private static final int FASTER = 10;
    private static final double JITTER = 0.1;

    static CheckPace of(Monitoring monitoring) {
        Duration calm = monitoring.interval();
        Duration least = shorter(calm, AT_LEAST);
        Duration fast = calm.dividedBy(FASTER);
        return new CheckPace(calm, fast.compareTo(least) < 0 ? least : fast, least);
    }

    /** From the end of a check to the next one; each node drifts on its own, so that they are not checked all at once. */
    Duration pause(boolean isChanging, RandomGenerator dice) {
        Duration mean = isChanging ? changing : calm;
        return Duration.ofNanos((long) (mean.toNanos() * (1 + JITTER * dice.nextDouble(-1, 1))));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
