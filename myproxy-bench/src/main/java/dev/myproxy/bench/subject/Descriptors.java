package dev.myproxy.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many descriptors a process may have open, this one and those that it starts. */
public record Descriptors(long limit) {

    /** What a proxy needs beside two for each session: files, listeners, event loops. */
    private static final int BESIDE = 200;
    private static final String LINE = "Max open files";

    /** The limit of this process, which Java has raised as far as it may. */
    public static Descriptors own() throws IOException {
        return read(Files.readString(Path.of("/proc/self/limits")));
    }

    /** Out of the lines of {@code /proc/PID/limits}. */
    static Descriptors read(String limits) throws IOException {
        String line = limits.lines().filter(each -> each.startsWith(LINE)).findFirst()
                .orElseThrow(() -> new IOException("No limit of open files in /proc/self/limits"));
        String soft = line.substring(LINE.length()).strip().split("\\s+", 2)[0];
        return new Descriptors(soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft));
    }

    /** How many sessions a proxy can bear, with two connections each. */
    public int proxySessions() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, (limit - BESIDE) / 2));
    }
}
