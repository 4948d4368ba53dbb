package dev.myproxy.dist.systemd;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the script answer now and then, and says so when it takes long: sessions that are logged in go on without it, so that is no
 * reason to start anew. Thread-safe.
 */
final class ScriptWatch {

    /** How long the script may take without a word about it. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ScriptWatch.class);

    private final Supplier<Future<?>> question;
    private final LongSupplier nanoTime;
    private boolean asked;
    private long askedNanos;
    private boolean reported;

    /**
     * @param question asks the script something; answered when it gets to it
     * @param nanoTime a clock such as System.nanoTime()
     */
    ScriptWatch(Supplier<Future<?>> question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
    }

    /** To be called in regular intervals. */
    void tick() {
        if (mayAsk()) {
            // whatever the answer: that there is nobody to ask any more is one, too
            question.get().onComplete(_ -> answered());
        }
    }

    private synchronized boolean mayAsk() {
        long now = nanoTime.getAsLong();
        if (!asked) {
            asked = true;
            askedNanos = now;
            return true;
        }
        if (!reported && now - askedNanos >= PATIENCE.toNanos()) {
            reported = true;
            LOG.warn("The script has been busy for {} s: clients that want to log in wait for it", seconds(now));
        }
        return false;
    }

    private synchronized void answered() {
        if (reported) {
            LOG.warn("The script answers again; it was busy for {} s", seconds(nanoTime.getAsLong()));
        }
        asked = false;
        reported = false;
    }

    /** How long it has been busy; empty if that is not worth a word. */
    synchronized Optional<Duration> busy() {
        return reported ? Optional.of(Duration.ofSeconds(seconds(nanoTime.getAsLong()))) : Optional.empty();
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - askedNanos).toSeconds();
    }
}
