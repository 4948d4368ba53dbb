package dev.myproxy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of {@code bin/myproxy} that is expected to end by itself. */
final class Launch {

    /** The distribution. */
    static final Path HOME = Path.of(System.getProperty("myproxy.home",
            Path.of(System.getProperty("basedir", "."), "target", "myproxy").toString())).toAbsolutePath();

    private final Path command;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param command   the path of the launcher, or of a link to it
     * @param directory where it is called
     */
    Launch(Path command, Path directory) {
        this.command = command;
        this.directory = directory;
    }

    /** {@code bin/myproxy}, called in a directory. */
    static Launch in(Path directory) {
        return new Launch(HOME.resolve("bin/myproxy"), directory);
    }

    /** With a variable in its environment. */
    Launch with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs it and waits for its end. */
    Outcome run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("myproxy-test-", ".out");
        Path err = Files.createTempFile("myproxy-test-", ".err");
        try {
            List<String> line = new ArrayList<>(List.of(command.toString()));
            line.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile())
                    .redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().remove("NOTIFY_SOCKET");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("does not end: " + Files.readString(out) + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** How it ended and what it wrote. */
    record Outcome(int status, String out, String err) {}
}
