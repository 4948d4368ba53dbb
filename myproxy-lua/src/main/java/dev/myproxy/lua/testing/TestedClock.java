package dev.myproxy.lua.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * The time of a policy that is tested. It stands still, and is put forward by the test and by whatever the policy sleeps.
 * Timers run when it passes them. Safe on every thread.
 */
final class TestedClock {

    /** The first of January 2026. */
    private static final Instant BEGINNING = Instant.ofEpochSecond(1767225600);

    private record Timer(long nanos, long number, Runnable command) {}

    private final Executor events;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            Comparator.comparingLong(Timer::nanos).thenComparingLong(Timer::number));
    private long nanos;
    private long numbers;

    /**
     * @param events runs the timers' commands
     */
    TestedClock(Executor events) {
        this.events = events;
    }

    synchronized long nanos() {
        return nanos;
    }

    Instant now() {
        return BEGINNING.plusNanos(nanos());
    }

    /** The time as scripts have it, in seconds since 1970. */
    double seconds() {
        return BEGINNING.getEpochSecond() + nanos() / 1e9;
    }

    /** Puts the clock forward. */
    synchronized void advance(Duration by) {
        nanos += by.toNanos();
        while (!timers.isEmpty() && timers.peek().nanos <= nanos) {
            events.execute(timers.remove().command);
        }
    }

    /** Runs a command when so much time has passed; the result cancels that. */
    synchronized Runnable after(Duration delay, Runnable command) {
        Timer timer = new Timer(nanos + delay.toNanos(), ++numbers, command);
        timers.add(timer);
        return () -> cancel(timer);
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }
}
