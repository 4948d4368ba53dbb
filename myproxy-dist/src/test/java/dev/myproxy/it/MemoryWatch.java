package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How much more memory a process takes while something happens. */
final class MemoryWatch {

    private static final long MEGABYTE = 1 << 20;
    private static final long MOST = 64 * MEGABYTE;
    private static final long INTERVAL_NANOS = 20_000_000;

    /** What happens meanwhile. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    private MemoryWatch() {}

    /** Fails if the process has 64 MiB more at any moment than it had before. */
    static void of(OsProcess process, String what, Task task) throws IOException, InterruptedException {
        long before = process.residentBytes();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong most = new AtomicLong(before);
        Thread watch = Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                most.accumulateAndGet(resident(process), Math::max);
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
        });
        try {
            task.run();
        } finally {
            over.set(true);
            watch.join();
        }
        assertThat(most.get() - before).as("memory for a " + what).isLessThan(MOST);
    }

    private static long resident(OsProcess process) {
        try {
            return process.residentBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
