package dev.myproxy.it.same;

import dev.myproxy.it.EmbeddedMariaDb;
import dev.myproxy.it.RealMySql;
import dev.myproxy.it.TestedServer;
import java.io.IOException;
import java.io.InputStream;
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
            server = new Server(kind, switch (kind) {
                case MARIADB -> EmbeddedMariaDb.shared();
                case MYSQL -> RealMySql.shared();
            });
            server.setUp();
            STARTED.put(kind, server);
        }
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
