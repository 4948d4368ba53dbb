package dev.myproxy.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MySQL's own programs, where {@code .ci/debian-programs} has put them or where the PATH has them, and a data directory to
 * copy.
 *
 * <p>Several processes may ask for it at the same time: the first one makes the data directory, the others wait.
 *
 * @param mysqld  the server
 * @param version its version, such as {@code 9.7.4}
 * @param basedir where its other files are, if it can't know
 */
record MySqlFiles(Path mysqld, String version, Optional<Path> basedir) {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath()
            .normalize();
    private static final Path CACHE = Programs.cached("mysql", "");
    private static final Pattern VERSION = Pattern.compile("Ver (([0-9]+)\\.[0-9.]+)");
    private static final int OLDEST = 8;
    private static final Optional<MySqlFiles> FOUND = find();

    /** The programs; skips the test on machines without them. */
    static MySqlFiles require() {
        assumeTrue(FOUND.isPresent(), "MySQL 8 or newer is neither on the PATH nor in " + CACHE
                + "; '.ci/debian-programs mysql' puts it there");
        return FOUND.orElseThrow();
    }

    static boolean present() {
        return FOUND.isPresent();
    }

    /** The command-line client; skips the test on machines without it. */
    static Path client() {
        Path cached = CACHE.resolve("bin/mysql");
        if (Files.isExecutable(cached)) {
            return cached;
        }
        Optional<Path> found = Programs.onPath("mysql").filter(program -> version(program).isPresent());
        assumeTrue(found.isPresent(), "MySQL's client is neither on the PATH nor in " + CACHE
                + "; '.ci/debian-programs mysql' puts it there");
        return found.orElseThrow();
    }

    private static Optional<MySqlFiles> find() {
        Path cached = CACHE.resolve("bin/mysqld");
        if (Files.isExecutable(cached)) {
            return version(cached).map(version -> new MySqlFiles(cached, version,
                    Optional.of(CACHE.resolve("tree/usr"))));
        }
        return Programs.onPath("mysqld").flatMap(program -> version(program)
                .map(version -> new MySqlFiles(program, version, Optional.empty())));
    }

    /** The version of MySQL that a program is of; nothing for MariaDB, which has the same names, and for old ones. */
    private static Optional<String> version(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(said);
            return process.waitFor() == 0 && !said.contains("MariaDB") && matcher.find()
                    && Integer.parseInt(matcher.group(2)) >= OLDEST ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The start of a command line of the server, which needs a data directory. */
    List<String> command(Path data) {
        List<String> command = new ArrayList<>(List.of(mysqld.toString(), "--no-defaults", "--datadir=" + data,
                "--user=" + System.getProperty("user.name"), "--loose-innodb-redo-log-capacity=8M",
                "--innodb-buffer-pool-size=32M", "--innodb-doublewrite=OFF", "--innodb-flush-log-at-trx-commit=0",
                "--innodb-flush-method=nosync", "--innodb-use-native-aio=OFF", "--disable-log-bin",
                "--loose-mysqlx=OFF", "--secure-file-priv="));
        basedir.ifPresent(base -> command.addAll(List.of("--basedir=" + base,
                "--lc-messages-dir=" + base.resolve("share/mysql"),
                "--character-sets-dir=" + base.resolve("share/mysql/charsets"),
                "--plugin-dir=" + base.resolve("lib/mysql/plugin"))));
        return command;
    }

    /** Makes a fresh data directory, in which root has no password and may come from anywhere. */
    Path newDataDirectory() throws IOException, InterruptedException {
        Path root = ROOT.resolve("mysql-" + version);
        Path template = root.resolve("template");
        Files.createDirectories(root);
        fill(this, root, template);
        Path data = Files.createTempDirectory(root, "data-");
        MariaDbFiles.copy(template, data);
        // Each server has an identity of its own.
        Files.deleteIfExists(data.resolve("auto.cnf"));
        return data;
    }

    /** The lock of the file is against other processes; threads of this one must not even ask for it at the same time. */
    private static synchronized void fill(MySqlFiles files, Path root, Path template)
            throws IOException, InterruptedException {
        try (FileChannel lock = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock held = lock.lock()) {
            Path complete = root.resolve("complete");
            if (held.isValid() && Files.notExists(complete)) {
                MariaDbFiles.delete(template);
                files.initialize(root, template);
                Files.createFile(complete);
            }
        }
    }

    private void initialize(Path root, Path template) throws IOException, InterruptedException {
        Path sql = Files.writeString(root.resolve("accounts.sql"), """
                                                                   CREATE USER 'root'@'%';
                                                                   GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
                                                                   """);
        Path log = root.resolve("install.log");
        List<String> command = command(template);
        command.addAll(List.of("--initialize-insecure", "--init-file=" + sql));
        Process install = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!install.waitFor(3, TimeUnit.MINUTES) || install.exitValue() != 0) {
            install.destroyForcibly();
            throw new IOException("mysqld --initialize-insecure failed: "
                    + String.join("\n", MariaDbFiles.tail(log)));
        }
    }
}
