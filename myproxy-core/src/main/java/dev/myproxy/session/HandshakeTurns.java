package dev.myproxy.session;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shares an event loop between TLS handshakes and everybody else: after {@link #SHARE_NANOS} of handshakes those that have come
 * meanwhile wait until the loop has looked at all its sockets again. A handshake takes a tenth of a millisecond to several, by
 * the key of the certificate, so without this a flood of them would stop the sessions of that loop for as long as it lasts. Lives on
 * the event loop.
 */
final class HandshakeTurns {

    /** For how long handshakes may go on while others wait; the one that is under way is ended. */
    static final long SHARE_NANOS = 1_000_000;

    /** A handshake that can go on. */
    interface Step {

        /** Does what there is to do. */
        void go();
    }

    private final Consumer<Runnable> nextRound;
    private final LongSupplier nanoTime;
    private final SequencedSet<Step> waiting = new LinkedHashSet<>();
    private long usedNanos;
    private boolean roundIsBegun;

    /**
     * @param nextRound runs something after the event loop has looked at its sockets
     * @param nanoTime  the clock
     */
    HandshakeTurns(Consumer<Runnable> nextRound, LongSupplier nanoTime) {
        this.nextRound = nextRound;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a step at once if there is time for it, or else when its turn has come.
     *
     * @return whether it was taken
     */
    boolean take(Step step) {
        if (!waiting.isEmpty() || usedNanos >= SHARE_NANOS) {
            waiting.add(step);
            return false;
        }
        go(step);
        return true;
    }

    /** Nobody wants a step any more. */
    void forget(Step step) {
        waiting.remove(step);
    }

    private void go(Step step) {
        if (!roundIsBegun) {
            roundIsBegun = true;
            nextRound.accept(this::nextRound);
        }
        long began = nanoTime.getAsLong();
        step.go();
        usedNanos += nanoTime.getAsLong() - began;
    }

    private void nextRound() {
        roundIsBegun = false;
        usedNanos = 0;
        while (!waiting.isEmpty() && usedNanos < SHARE_NANOS) {
            go(waiting.removeFirst());
        }
    }
}
