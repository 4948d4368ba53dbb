package dev.myproxy.lua.testing;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The turns of a test file's state: any thread asks for one, the thread that runs the test gives them. */
final class Turns implements Executor {

    /** A turn that is due, and whether it counts. */
    private record Due(Runnable turn, boolean counts) {}

    private final BlockingQueue<Due> due = new LinkedBlockingQueue<>();
    private long given;

    @Override
    public void execute(Runnable turn) {
        due.add(new Due(turn, true));
    }

    /** Like {@link #execute}, for what only looks on: {@link #given()} does not count it. */
    void lookOn(Runnable turn) {
        due.add(new Due(turn, false));
    }

    /**
     * Gives turns until a condition holds.
     *
     * @return false if the time was over before
     */
    boolean giveUntil(BooleanSupplier done, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            Due next = next(left);
            if (next != null) {
                given += next.counts ? 1 : 0;
                next.turn.run();
            }
        }
        return true;
    }

    /** Counts as a turn: what only looked on has set something going. In a turn. */
    void moved() {
        given++;
    }

    /** How many turns there were. In a turn. */
    long given() {
        return given;
    }

    private @Nullable Due next(long nanos) {
        try {
            return due.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
