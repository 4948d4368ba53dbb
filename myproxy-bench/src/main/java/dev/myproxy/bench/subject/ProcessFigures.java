package dev.myproxy.bench.subject;

import dev.myproxy.bench.load.ProcessorClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the kernel says about a process, see proc(5). */
public record ProcessFigures(long pid) implements ProcessorClock {

    /** Of the kernel's interface, whatever its own timer does. */
    private static final long TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /** Processor time so far, user and system together, in steps of 10 ms. */
    @Override
    public Duration read() throws IOException {
        return processorTime(Files.readString(Path.of("/proc/" + pid + "/stat")));
    }

    /** Out of the line of {@code stat}; the name of the process may hold anything. */
    static Duration processorTime(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /** Resident memory in bytes. */
    public long residentBytes() throws IOException {
        return residentBytes(Files.readString(Path.of("/proc/" + pid + "/status")));
    }

    /** Out of the lines of {@code status}. */
    static long residentBytes(String status) throws IOException {
        return status.lines().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024).findFirst()
                .orElseThrow(() -> new IOException("No VmRSS: the process has ended"));
    }
}
