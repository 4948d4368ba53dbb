package dev.myproxy.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a client of the command line printed, errors too, and its exit code.
 *
 * @param exitCode 0 if all statements succeeded
 */
record ClientRun(int exitCode, String out) {

    private static final long PATIENCE_SECONDS = 60;

    /**
     * Runs a command to its end.
     *
     * @param directory for what it prints
     */
    static ClientRun of(Path directory, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(command + " does not end:\n" + Files.readString(out));
        }
        return new ClientRun(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }

    /** The start of a command line for MariaDB's client; skips the test on machines without it. */
    static List<String> mariaDb() {
        Optional<Path> program = Programs.onPath("mariadb");
        assumeTrue(program.isPresent(), "mariadb is not on the PATH; Debian's mariadb-client brings it");
        return List.of(program.orElseThrow().toString(), "--no-defaults", "--batch", "--skip-column-names");
    }

    /** Those of MySQL's client; nothing on machines without it. */
    static Optional<List<String>> mySql() {
        return MySqlFiles.present()
                ? Optional.of(List.of(MySqlFiles.client().toString(), "--no-defaults", "--batch",
                        "--skip-column-names"))
                : Optional.empty();
    }
}
