package dev.myproxy.pg;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A real PostgreSQL server on a free port, with user and database {@code postgres} and no password. */
public final class PostgresServer implements AutoCloseable {

    /** Which PostgreSQL. */
    public enum Version {
        /** The newest, which is on the class path. */
        NEW,
        /** The oldest that is tested, which the build puts into target. */
        OLD
    }

    private static final Path WORK = Path.of("target/postgres");
    private static final Map<Version, PostgresServer> SHARED = new EnumMap<>(Version.class);

    /** How long a start may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Version version;
    private final int port;
    private EmbeddedPostgres postgres;

    private PostgresServer(Version version, EmbeddedPostgres postgres) {
        this.version = version;
        this.postgres = postgres;
        this.port = postgres.getPort();
    }

    /** A server that all tests of this JVM share; it ends with the JVM. */
    public static PostgresServer shared(Version version) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(version, PostgresServer::start);
        }
    }

    /** A server of one's own, to be closed. */
    public static PostgresServer start(Version version) {
        return new PostgresServer(version, launch(version, Optional.empty(), _ -> {}));
    }

    /**
     * A server of one's own that can TLS; the roles {@code scram} and {@code md5} need passwords.
     *
     * @param chain PEM
     * @param key   PEM
     */
    static PostgresServer withTls(Path chain, Path key) {
        return new PostgresServer(Version.NEW, launch(Version.NEW, Optional.empty(), builder -> builder
                .setServerConfig("ssl", "on").setDataDirectoryCustomizer(data -> prepare(data.toPath(), chain, key))));
    }

    private static void prepare(Path data, Path chain, Path key) {
        try {
            Path hba = data.resolve("pg_hba.conf");
            Files.writeString(hba, "host all scram all scram-sha-256\nhost all md5 all md5\n" + Files.readString(hba));
            Files.copy(chain, data.resolve("server.crt"));
            Files.copy(key, data.resolve("server.key"), StandardCopyOption.COPY_ATTRIBUTES);
            UserPrincipal owner = Files.getOwner(data);
            Files.setOwner(data.resolve("server.key"), owner);
            Files.setOwner(data.resolve("server.crt"), owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres launch(Version version, Optional<Integer> port,
            Consumer<EmbeddedPostgres.Builder> more) {
        try {
            Files.createDirectories(WORK);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE)
                    .setOverrideWorkingDirectory(WORK.toAbsolutePath().toFile())
                    .setServerConfig("fsync", "off").setServerConfig("unix_socket_directories", "/tmp")
                    .setServerConfig("max_connections", "50").setServerConfig("timezone", "Europe/Berlin");
            port.ifPresent(builder::setPort);
            if (version == Version.OLD) {
                builder.setPgBinaryResolver((system, machine) -> older());
            }
            more.accept(builder);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream older() {
        Path jar = WORK.resolve("postgres-old.jar");
        try {
            URI uri = URI.create("jar:" + jar.toUri() + "!/postgres-linux-x86_64.txz");
            return ((JarURLConnection) uri.toURL().openConnection()).getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("run \"./mvnw generate-test-resources\" to get it: " + jar, e);
        }
    }

    /** Those that are tested. */
    public static List<Version> versions() {
        return List.of(Version.values());
    }

    public int port() {
        return port;
    }

    /** For pg:new. */
    public String conninfo() {
        return String.format(Locale.ROOT, "host=127.0.0.1 port=%d user=postgres dbname=postgres connect_timeout=5",
                port);
    }

    /** Executes a statement over a connection that has nothing to do with our client. */
    public void execute(String sql) {
        try (Connection connection = source().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first value that a statement gives. */
    public String query(String sql) {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource source() {
        return postgres.getPostgresDatabase();
    }

    /** Stops the server; its data is lost. */
    public void stop() {
        close();
    }

    /** Starts an empty server on the same port. */
    public void startAgain() {
        postgres = launch(version, Optional.of(port), _ -> {});
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
