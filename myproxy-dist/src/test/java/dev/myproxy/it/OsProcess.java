package dev.myproxy.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test started, as the kernel sees it. */
final class OsProcess {

    private static final long TICKS_PER_SECOND = 100;

    private final Process process;

    OsProcess(Process process) {
        this.process = process;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Sends a signal.
     *
     * @param name without SIG, such as {@code TERM}
     */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new IOException("can't send " + name + " to process " + pid());
        }
    }

    /** Waits for the end and returns the exit code; a process killed by signal n has 128 + n. */
    int waitForEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("process " + pid() + " does not end");
        }
        return process.exitValue();
    }

    /** Resident memory in bytes. */
    long residentBytes() throws IOException {
        return statusKilobytes("VmRSS:") * 1024;
    }

    /** The most resident memory so far in bytes. */
    long peakResidentBytes() throws IOException {
        return statusKilobytes("VmHWM:") * 1024;
    }

    /** Processor time so far, user and system together, in milliseconds. */
    long cpuMillis() throws IOException {
        String stat = Files.readString(proc("stat"), StandardCharsets.UTF_8);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS_PER_SECOND;
    }

    /** How many threads it has. */
    long threads() throws IOException {
        try (Stream<Path> entries = Files.list(proc("task"))) {
            return entries.count();
        }
    }

    /** How many descriptors are open. */
    long descriptors() throws IOException {
        try (Stream<Path> entries = Files.list(proc("fd"))) {
            return entries.count();
        }
    }

    private long statusKilobytes(String key) throws IOException {
        try (Stream<String> lines = Files.lines(proc("status"))) {
            return lines.filter(line -> line.startsWith(key)).map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong).findFirst().orElseThrow();
        }
    }

    private Path proc(String entry) {
        return Path.of("/proc", Long.toString(pid()), entry);
    }
}
