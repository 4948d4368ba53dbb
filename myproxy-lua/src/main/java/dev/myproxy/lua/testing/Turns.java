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

    private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
    private long given;

    @Override
    public void execute(Runnable turn) {
        due.add(turn);
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
            Runnable turn = next(left);
            if (turn != null) {
                given++;
                turn.run();
            }
        }
        return true;
    }

    /** How many turns there were. */
    long given() {
        return given;
    }

    private @Nullable Runnable next(long nanos) {
        try {
            return due.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
