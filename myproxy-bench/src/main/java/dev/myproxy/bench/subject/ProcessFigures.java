package dev.myproxy.bench.subject;

import dev.myproxy.bench.load.ProcessorClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about a process, see proc(5). */
public record ProcessFigures(long pid) {

    /** Processor time so far, user and system together. */
    public ProcessorClock clock() {
        return new ProcessClock(pid);
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
