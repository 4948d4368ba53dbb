package dev.myproxy.dist;

import dev.myproxy.dist.Invocation.Run;
import dev.myproxy.dist.log.LogFormat;
import java.util.Optional;

/**
 * The command lines that services are started with: none, or {@code --config PATH} alone,
 * with an absolute path. Picocli's classes can't be in the AOT
 * cache, as their format is too old for it, so reading the command line with them takes a fifth of the time of the start. Pure.
 */
final class ServiceCommandLine {

    private static final String CONFIG = "--config";

    private ServiceCommandLine() {}

    /** What such a command line asks for; empty for any other, which {@link CommandLine} is to read. */
    static Optional<Run> parse(String... arguments) {
        return switch (arguments.length) {
            case 0 -> run(CommandLine.DEFAULT_CONFIGURATION);
            case 1 -> arguments[0].startsWith(CONFIG + "=")
                    ? run(arguments[0].substring(CONFIG.length() + 1))
                    : Optional.empty();
            case 2 -> arguments[0].equals(CONFIG) ? run(arguments[1]) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Run> run(String configuration) {
        // Whether something else is a path, an option or a command is for picocli to judge.
        return configuration.startsWith("/")
                ? Optional.of(new Run(configuration, Optional.empty(), LogFormat.TEXT))
                : Optional.empty();
    }
}
