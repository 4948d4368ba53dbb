package dev.myproxy.metrics;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The thread of an event loop, as the kernel sees it. */
final class LoopThread {

    static final List<Duration> LAGS = List.of(Duration.ofNanos(100_000), Duration.ofMillis(1), Duration.ofMillis(5),
            Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path PROC = Path.of("/proc");
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS = 1e9;

    private final String label;
    private final long id;
    private final Optional<Path> status;
    private final EventExecutor loop;
    private final long startNanos = System.nanoTime();
    private final Durations lag = new Durations(LAGS);

    private LoopThread(String label, long id, Optional<Path> status, EventExecutor loop) {
        this.label = label;
        this.id = id;
        this.status = status;
        this.loop = loop;
    }

    /** The calling thread, which is that of a loop. */
    static LoopThread current(String label, EventExecutor loop) {
        LoopThread thread = new LoopThread(label, Thread.currentThread().threadId(), status(), loop);
        thread.probe();
        return thread;
    }

    /** Where the kernel tells about the calling thread: {@code /proc/thread-self} is a link to {@code PID/task/TID}. */
    private static Optional<Path> status() {
        try {
            return Optional.of(PROC.resolve("thread-self").toRealPath().resolve("status"));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** On the loop: plans a task and looks how late it comes, for ever. */
    private void probe() {
        long planned = System.nanoTime() + PROBE_NANOS;
        var _ = loop.schedule(() -> {
            lag.record(Math.max(0, System.nanoTime() - planned));
            probe();
        }, PROBE_NANOS, TimeUnit.NANOSECONDS);
    }

    String label() {
        return label;
    }

    Durations lag() {
        return lag;
    }

    /**
     * What the thread did so far.
     *
     * @param waits how often it went to sleep of its own accord; empty where the kernel does not tell
     */
    record Usage(OptionalLong waits, double busySeconds, double idleSeconds) {}

    Usage usage() {
        long busy = Math.max(0, THREADS.getThreadCpuTime(id));
        long idle = Math.max(0, System.nanoTime() - startNanos - busy);
        OptionalLong waits = status.map(path -> ProcessStatus.read(path).number("voluntary_ctxt_switches"))
                .orElse(OptionalLong.empty());
        return new Usage(waits, busy / NANOS, idle / NANOS);
    }
}
