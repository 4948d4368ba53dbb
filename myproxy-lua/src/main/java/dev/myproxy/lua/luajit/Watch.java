package dev.myproxy.lua.luajit;

import dev.myproxy.lua.LuaNumbers;
import java.time.Duration;
import java.util.Optional;

/** Looks how long a coroutine computes. */
final class Watch {

    /** What is raised when nothing may run any more. */
    static final String STOPPED = "the script was stopped";

    private final long limitNanos;
    private final String message;
    private long begin;
    private boolean running;
    private boolean stopped;
    private boolean overdue;

    Watch(Duration limit) {
        limitNanos = limit.toNanos();
        message = "callback ran for more than " + LuaNumbers.format(limit.toMillis() / 1000.0) + " seconds";
    }

    /** A coroutine begins or goes on. */
    void begin() {
        begin = System.nanoTime();
        running = true;
        overdue = false;
    }

    /** It is suspended or over. */
    void end() {
        running = false;
    }

    /** Whether a coroutine of a task runs, and not the main thread. */
    boolean isRunning() {
        return running;
    }

    /** Nothing may run any more. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether the coroutine that {@link #begin began} was found to be overdue. */
    boolean wasOverdue() {
        return overdue;
    }

    String message() {
        return message;
    }

    /** What is to be raised in the coroutine that runs, if it is overdue or nothing may run. */
    Optional<String> look() {
        if (stopped) {
            return Optional.of(STOPPED);
        }
        if (running && System.nanoTime() - begin > limitNanos) {
            overdue = true;
            return Optional.of(message);
        }
        return Optional.empty();
    }
}
