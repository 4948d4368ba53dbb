package dev.myproxy.bench.subject;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.myproxy.bench.load.ProcessorClock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * The processor time of a process, of all its threads, those included that have ended: the clock of clock_getcpuclockid(3).
 * It counts nanoseconds; {@code /proc/PID/stat} has the same in steps of 10 ms, which is much of what a short measurement
 * takes.
 */
@SuppressWarnings("restricted")
record ProcessClock(long pid) implements ProcessorClock {

    /** CPUCLOCK_SCHED of the kernel: user and system time. */
    private static final int SCHEDULED = 2;

    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    /** @throws IOException if there is no such process any more */
    @Override
    public Duration read() throws IOException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment time = memory.allocate(JAVA_LONG, 2);
            if ((int) CLOCK_GETTIME.invokeExact((~(int) pid << 3) | SCHEDULED, time) != 0) {
                throw new IOException("Process " + pid + " has ended");
            }
            return Duration.ofSeconds(time.getAtIndex(JAVA_LONG, 0), time.getAtIndex(JAVA_LONG, 1));
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
