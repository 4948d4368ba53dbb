package dev.myproxy.session.meters;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures how long a session spends in each phase. Used on the session's event loop only. */
public final class PhaseClock {

    private final long[] nanos = new long[Phase.COUNT];
    private final long start = System.nanoTime();
    private Phase phase;
    private long since = start;

    /** Begins in a phase. */
    public PhaseClock(Phase first) {
        phase = first;
    }

    public Phase phase() {
        return phase;
    }

    /**
     * Ends the current phase and begins another one.
     *
     * @return for how many nanoseconds the session was in the one that ended, this time
     */
    public long enter(Phase next) {
        long now = System.nanoTime();
        long spent = now - since;
        nanos[index(phase)] += spent;
        phase = next;
        since = now;
        return spent;
    }

    /** How long the session has been in its phase. */
    public Duration inPhase() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** How long there has been a session. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Milliseconds in a phase until the session left it, with fractions; for the current phase until now. */
    public double millis(Phase of) {
        long running = of == phase ? System.nanoTime() - since : 0;
        return inMillis(nanos[index(of)] + running);
    }

    /** Milliseconds in all phases together, with fractions. */
    public double totalMillis() {
        return inMillis(System.nanoTime() - start);
    }

    @SuppressWarnings("EnumOrdinal") // of an array that lives no longer than the session
    private static int index(Phase phase) {
        return phase.ordinal();
    }

    private static double inMillis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
