package dev.myproxy.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** CLOCK_MONOTONIC, which other processes of the machine have, too; System.nanoTime() may begin anywhere. */
public final class MonotonicClock {

    private static final int CLOCK_MONOTONIC = 1;
    private static final MethodHandle CLOCK_GETTIME = CLibrary.link("clock_gettime", JAVA_INT, JAVA_INT, ADDRESS);

    private MonotonicClock() {}

    /** Microseconds since some moment when the machine started. */
    public static long microseconds() {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment time = memory.allocate(JAVA_LONG, 2);
            CLibrary.call((_, state) -> (int) CLOCK_GETTIME.invokeExact(state, CLOCK_MONOTONIC, time));
            return time.getAtIndex(JAVA_LONG, 0) * 1_000_000 + time.getAtIndex(JAVA_LONG, 1) / 1_000;
        } catch (ErrnoException e) {
            throw new IllegalStateException("a clock that every kernel has", e);
        }
    }
}
