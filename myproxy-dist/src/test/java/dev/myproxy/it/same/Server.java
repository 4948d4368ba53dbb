package dev.myproxy.it.same;

import dev.myproxy.it.EmbeddedMariaDb;
import dev.myproxy.it.RealMySql;
import dev.myproxy.it.TestedServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A real server with the tables that scripts use, which {@code setup.sql} makes. */
record Server(Kind kind, TestedServer real) {

    /** What a server is. */
    enum Kind {
        MARIADB("mysql_native_password"), MYSQL("caching_sha2_password");

        private final String plugin;

        Kind(String plugin) {
            this.plugin = plugin;
        }

        /** How its accounts authenticate. */
        String plugin() {
            return plugin;
        }
    }

    private static final Map<Kind, Server> STARTED = new EnumMap<>(Kind.class);

    /** The server of a kind; skips the test if this machine has none. */
    static synchronized Server of(Kind kind) throws IOException {
        Server server = STARTED.get(kind);
        if (server == null) {
            server = of(kind, start(kind));
            STARTED.put(kind, server);
        }
        return server;
    }

    /** Not one that others use at the same time, who change settings. It ends with the JVM. */
    private static TestedServer start(Kind kind) throws IOException {
        try {
            return switch (kind) {
                case MARIADB -> {
                    EmbeddedMariaDb mariaDb = EmbeddedMariaDb.start();
                    closeAtExit(mariaDb);
                    yield mariaDb;
                }
                case MYSQL -> {
                    // What no script looks at takes half of its memory.
                    RealMySql mySql = RealMySql.start("--performance-schema=OFF");
                    closeAtExit(mySql);
                    yield mySql;
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void closeAtExit(Closeable server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** A server of a kind that has nothing yet. */
    static Server of(Kind kind, TestedServer real) throws IOException {
        Server server = new Server(kind, real);
        server.setUp();
        return server;
    }

    private void setUp() throws IOException {
        real.createAccount("same_a", "secret a", "same");
        real.createAccount("same_b", "", "same");
        try (InputStream in = Objects.requireNonNull(Server.class.getResourceAsStream("setup.sql"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("--")) {
                    real.execute(line);
                }
            }
        }
    }
}
