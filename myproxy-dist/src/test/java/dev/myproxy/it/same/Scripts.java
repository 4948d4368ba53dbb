package dev.myproxy.it.same;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The scripts that come with the tests. */
final class Scripts {

    private static final String SUFFIX = ".txt";

    private Scripts() {}

    static List<Script> all() throws IOException {
        try (Stream<Path> files = Files.list(
                Path.of(Objects.requireNonNull(Scripts.class.getResource("scripts")).toURI()))) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().map(Scripts::read).toList();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Script read(Path file) {
        try {
            return ScriptReader.read(file.getFileName().toString().replace(SUFFIX, ""), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
