package dev.myproxy.it;

import dev.myproxy.peers.Endpoints;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A PostgreSQL server of a test's own at a TCP port of the loopback interface, with a user and a database
 * {@code postgres} and no password. Its data survives {@link #stop()}.
 */
final class EmbeddedPostgreSql implements Closeable {

    /** Which PostgreSQL. */
    enum Version {
        /** The one on the class path. */
        NEWEST,
        /** The oldest that is tested, which the build puts under {@code target}. */
        OLDEST
    }

    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "target", "postgres")
            .toAbsolutePath().normalize();

    /** How long a start may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Data directories to copy: to make one takes longer than to start a server. */
    private static final Map<Version, Path> TEMPLATES = new EnumMap<>(Version.class);

    private final Version version;
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private EmbeddedPostgreSql(Version version, Path data, int port) throws IOException {
        this.version = version;
        this.data = data;
        this.port = port;
        server = launch();
    }

    /** Starts a server and waits until it answers. */
    static EmbeddedPostgreSql start(Version version) throws IOException {
        Path data = Files.createTempDirectory("myproxy-pg-");
        MariaDbFiles.copy(template(version), data);
        return new EmbeddedPostgreSql(version, data, Endpoints.freePort());
    }

    private static Path template(Version version) throws IOException {
        synchronized (TEMPLATES) {
            Path known = TEMPLATES.get(version);
            if (known != null) {
                return known;
            }
            Files.createDirectories(ROOT);
            Path made = Files.createTempDirectory(ROOT, "template-");
            // the first start fills the directory
            new EmbeddedPostgreSql(version, made, Endpoints.freePort()).stop();
            TEMPLATES.put(version, made);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            return made;
        }
    }

    private static void delete(Path directory) {
        try {
            MariaDbFiles.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres launch() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE)
                .setOverrideWorkingDirectory(ROOT.toFile())
                .setDataDirectory(data).setCleanDataDirectory(false).setPort(port).setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "40").setServerConfig("unix_socket_directories", data.toString());
        if (version == Version.OLDEST) {
            builder.setPgBinaryResolver((_, _) -> oldest());
        }
        return builder.start();
    }

    private static InputStream oldest() {
        Path jar = ROOT.resolve("postgres-old.jar");
        try {
            URI uri = URI.create("jar:" + jar.toUri() + "!/postgres-linux-x86_64.txz");
            return ((JarURLConnection) uri.toURL().openConnection()).getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("\"./mvnw pre-integration-test\" puts it there: " + jar, e);
        }
    }

    int port() {
        return port;
    }

    /** What to connect with. */
    String conninfo() {
        return String.format(Locale.ROOT, "host=127.0.0.1 port=%d user=postgres dbname=postgres connect_timeout=5",
                port);
    }

    /** A connection that has nothing to do with the daemon. */
    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first value that a query gives. */
    String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new AssertionError("no row: " + sql);
            }
            return String.valueOf(result.getString(1));
        }
    }

    /** Stops the server as an administrator would; connections are cut. */
    void stop() throws IOException {
        server.close();
    }

    /** Kills the process that serves a connection, upon which the server cuts all others and recovers. */
    static void killBackend(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** Starts the server again, with its data, at the same port. */
    void startAgain() throws IOException {
        server = launch();
    }

    @Override
    public void close() throws IOException {
        server.close();
        MariaDbFiles.delete(data);
    }
}
