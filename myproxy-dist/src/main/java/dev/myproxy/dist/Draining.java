package dev.myproxy.dist;

import dev.myproxy.session.DrainProgress;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits on the main thread until the sessions are over when the daemon stops, and says now and then how many are left. */
final class Draining {

    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

    /** When the first line is due: most clients are gone before. */
    static final Duration FIRST = Duration.ofSeconds(1);

    /** The time between two lines. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** How much later than it should have ended it is given up. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Supplier<Optional<DrainProgress>> progress;
    private final Consumer<DrainProgress> audience;
    private final Duration first;
    private final Duration interval;

    /** @param audience told whenever a line is logged */
    Draining(Supplier<Optional<DrainProgress>> progress, Consumer<DrainProgress> audience) {
        this(progress, audience, FIRST, INTERVAL);
    }

    Draining(Supplier<Optional<DrainProgress>> progress, Consumer<DrainProgress> audience, Duration first,
            Duration interval) {
        this.progress = progress;
        this.audience = audience;
        this.first = first;
        this.interval = interval;
    }

    /**
     * Waits.
     *
     * @param drained completes when the sessions are over
     */
    void await(Future<?> drained) {
        long begin = System.nanoTime();
        long due = begin;
        boolean said = false;
        Duration wait = first;
        while (!ended(drained, wait)) {
            Optional<DrainProgress> now = progress.get().filter(drain -> drain.sessions() > 0);
            if (now.isPresent()) {
                LOG.info("{}", text(now.get()));
                audience.accept(now.get());
                said = true;
            }
            long left = now.map(DrainProgress::left).orElse(Duration.ZERO).toNanos();
            if (left > 0) {
                due = System.nanoTime() + left;
            } else if (System.nanoTime() - due > GRACE.toNanos()) {
                LOG.warn("Clients are still there {} s after they should have been ended: given up", GRACE.toSeconds());
                return;
            }
            wait = interval;
        }
        if (said) {
            LOG.info("All sessions have ended, after {} s",
                    Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
        }
    }

    private static boolean ended(Future<?> drained, Duration wait) {
        try {
            drained.await(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (Exception e) {
            // await throws what the future failed with, checked exceptions too
            LOG.warn("Letting sessions go failed", e);
            return true;
        }
    }

    /** For people. */
    static String text(DrainProgress now) {
        String sessions = now.sessions() == 1 ? "1 session" : now.sessions() + " sessions";
        String transactions = now.transactions() == 0
                ? ""
                : ", " + now.transactions() + " of them in a transaction";
        String end = now.left().isZero()
                ? "; they are being ended"
                : "; they are ended in " + Math.ceilDiv(now.left().toMillis(), 1000) + " s";
        return "Letting clients go: " + sessions + " left" + transactions + end;
    }
}
