package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that tests may use: where they are, and what they print. */
public final class Programs {

    private static final long PATIENCE_SECONDS = 300;

    private Programs() {}

    /** A program of the PATH. */
    public static Optional<Path> onPath(String program) {
        return Stream.of(variable("PATH").split(File.pathSeparator, -1)).filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory).resolve(program)).filter(Files::isExecutable).findFirst();
    }

    /** Something that scripts of {@code .ci} have put into the cache. */
    public static Path cached(String name, String entry) {
        String caches = variable("XDG_CACHE_HOME");
        return Path.of(caches.isEmpty() ? variable("HOME") + "/.cache" : caches, "myproxy", name, entry);
    }

    private static String variable(String name) {
        return Optional.ofNullable(System.getenv(name)).orElse("");
    }

    /** Whether a command can be run and ends well. */
    public static boolean succeeds(String... command) {
        try {
            return onPath(command[0]).isPresent() && new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A file of {@code clients/} among the resources. */
    static Path script(String name) {
        try {
            return Path.of(Objects.requireNonNull(Programs.class.getResource("clients/" + name), name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs a command, which must end well.
     *
     * @param directory for what it prints
     * @param input     its standard input
     * @return what it printed, errors too
     */
    public static String run(Path directory, Path input, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Process process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(command + " does not end:\n" + Files.readString(out));
        }
        // What is no UTF-8 is as good as anything else that the test does not expect.
        String printed = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s:%n%s", command, printed).isZero();
        return printed;
    }
}
