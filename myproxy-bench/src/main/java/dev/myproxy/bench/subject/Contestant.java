package dev.myproxy.bench.subject;

import dev.myproxy.bench.load.Endpoint;
import dev.myproxy.bench.load.ProcessorClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A target that runs.
 *
 * @param endpoint  where clients reach it, and with what account
 * @param pid       whose processor time and memory is its own; absent for a server without proxy
 * @param startTime from the start of its process to the first login that was answered
 * @param readyTime from the start of its process until it said that it is ready; absent if it does not say so
 * @param process   if it was started for the benchmarks
 */
public record Contestant(Target target, Endpoint endpoint, OptionalLong pid, Duration startTime,
        Optional<Duration> readyTime, Optional<Process> process) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    public Optional<ProcessFigures> figures() {
        return pid.isPresent() ? Optional.of(new ProcessFigures(pid.getAsLong())) : Optional.empty();
    }

    /** Its processor time; nothing without a process. */
    public ProcessorClock clock() {
        return figures().map(ProcessFigures::clock).orElse(ProcessorClock.NONE);
    }

    /** Ends its process, if that was started for the benchmarks. */
    @Override
    public void close() {
        process.ifPresent(started -> {
            started.destroy();
            try {
                if (!started.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    started.destroyForcibly();
                }
            } catch (InterruptedException e) {
                started.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
    }
}
