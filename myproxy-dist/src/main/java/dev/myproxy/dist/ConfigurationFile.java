package dev.myproxy.dist;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration as the command line names it.
 *
 * @param path      what the engine opens and what error texts show: as given, but absolute if it was relative with a
 *                  directory, because the working directory changes before it is opened
 * @param directory the working directory while the configuration runs; empty if it does not change: there is no slash,
 *                  or only a leading one
 */
record ConfigurationFile(Path path, Optional<String> directory) {

    /** Interprets a path of the command line. */
    static ConfigurationFile of(String argument) {
        int slash = argument.lastIndexOf('/');
        Path path = Path.of(argument);
        return slash > 0
                ? new ConfigurationFile(path.toAbsolutePath(), Optional.of(argument.substring(0, slash)))
                : new ConfigurationFile(path, Optional.empty());
    }

    /** The absolute path of the working directory while the configuration runs. */
    Path base() {
        return Path.of(directory.orElse("")).toAbsolutePath();
    }
}
