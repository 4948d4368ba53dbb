package dev.myproxy.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * MariaDB's programs of Debian 13, version 11.8, where {@code .ci/debian-programs} has put them. They run with a loader and
 * libraries of their own, so the machine may be older than they are.
 */
public final class NewerMariaDb {

    private static final Path HOME = Programs.cached("mariadb", "");
    private static final Path SERVER = HOME.resolve("bin/mariadbd");
    private static final Path CLIENT = HOME.resolve("bin/mariadb");

    private NewerMariaDb() {}

    /** Whether this machine has them. */
    public static boolean present() {
        return Files.isExecutable(SERVER) && Files.isExecutable(CLIENT);
    }

    /** Skips the test on machines without them. */
    static void require() {
        assumeTrue(present(), "MariaDB 11.8 is not in " + HOME + "; '.ci/debian-programs mariadb' puts it there");
    }

    /** The command line's client. */
    public static Path client() {
        return CLIENT;
    }

    /** The start of a command line of the server, which needs a data directory. */
    static List<String> server() {
        Path files = HOME.resolve("tree/usr");
        return List.of(SERVER.toString(), "--no-defaults", "--basedir=" + files,
                "--lc-messages-dir=" + files.resolve("share/mariadb"),
                "--plugin-dir=" + files.resolve("lib/mysql/plugin"));
    }
}
