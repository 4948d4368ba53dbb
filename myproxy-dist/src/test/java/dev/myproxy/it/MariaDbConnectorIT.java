package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.protocol.Capability;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MariaDB's driver asks through the daemon for what it asks a server for directly, and makes use of it. */
class MariaDbConnectorIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    @BeforeAll
    static void fill() throws IOException {
        DB.createAccount("connector", "secret", "connector");
        DB.execute("CREATE OR REPLACE TABLE connector.t (id INT PRIMARY KEY, v VARCHAR(100), u UUID)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bulkInsertsAndKnownMetadata(boolean disablePipeline) throws Exception {
        String options = "?sslMode=disable&useServerPrepStmts=true&useBulkStmts=true&disablePipeline="
                + disablePipeline;
        List<String> direct;
        try (Connection connection = DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + DB.port() + "/connector" + options, "connector", "secret")) {
            direct = work(connection);
        }
        try (TrackingRelay relay = new TrackingRelay(DB.tcp())) {
            for (int i = 0; i < 2; i++) {
                // The first one lets the daemon see the server.
                try (Connection connection = DriverManager.getConnection("jdbc:mariadb:///connector" + options,
                        through(Endpoints.tcp(relay.port())))) {
                    assertThat(work(connection)).isEqualTo(direct);
                }
            }
            TrackedConnection seen = relay.connections().getLast();
            for (Capability flag : List.of(Capability.STMT_BULK_OPERATIONS, Capability.CACHE_METADATA,
                    Capability.EXTENDED_METADATA)) {
                assertThat(seen.capabilities().has(flag)).as(flag.name()).isTrue();
            }
            assertThat(seen.responses()).contains("STMT_BULK_EXECUTE");
        }
    }

    private static Properties through(Address server) {
        Properties properties = new Properties();
        properties.setProperty("user", account("connector", server));
        properties.setProperty("password", "secret");
        properties.setProperty("localSocket",
                ((Address.UnixPath) SharedProxy.standard().listener("mariadb")).path());
        return properties;
    }

    private static List<String> work(Connection connection) throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, UUID())");
                PreparedStatement select = connection
                        .prepareStatement("SELECT id, v, u IS NULL FROM t WHERE id = ?")) {
            statement.execute("TRUNCATE t");
            for (int i = 0; i < 1000; i++) {
                insert.setInt(1, i);
                insert.setString(2, "v" + i);
                insert.addBatch();
            }
            seen.add("inserted " + insert.executeBatch().length);
            for (int i = 0; i < 5; i++) {
                select.setInt(1, 10 * i);
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    seen.add(row.getInt(1) + row.getString(2) + row.getInt(3) + row.getMetaData().getColumnName(2));
                }
            }
            statement.execute("ALTER TABLE t MODIFY v VARCHAR(200)");
            select.setInt(1, 7);
            ResultSet row = select.executeQuery();
            row.next();
            seen.add(row.getString(2));
            ResultSet uuid = statement.executeQuery("SELECT u FROM t");
            seen.add(uuid.getMetaData().getColumnTypeName(1));
        }
        return seen;
    }
}
