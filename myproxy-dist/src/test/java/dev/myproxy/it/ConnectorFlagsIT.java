package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.protocol.Capabilities;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JDBC drivers ask through the daemon for what they ask a server for directly, and make use of it. What it is shows a relay
 * in front of the server.
 */
class ConnectorFlagsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final Capability[] OF_THE_LOGIN = {Capability.LONG_PASSWORD, Capability.PLUGIN_AUTH,
            Capability.PLUGIN_AUTH_LENENC, Capability.SECURE_CONNECTION};

    @BeforeAll
    static void fill() throws IOException {
        DB.createAccount("connector", "secret", "connector");
        DB.execute("CREATE OR REPLACE TABLE connector.t (id INT PRIMARY KEY, v VARCHAR(100), u UUID)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mariaDbsDriverInsertsInBulkAndKnowsMetadata(boolean disablePipeline) throws Exception {
        String options = "?sslMode=disable&useServerPrepStmts=true&useBulkStmts=true&disablePipeline="
                + disablePipeline;
        assertSame(DB, mariaDbDirect(options), mariaDbThrough("mariadb", options),
                seen -> {
                    for (Capability flag : List.of(Capability.STMT_BULK_OPERATIONS, Capability.CACHE_METADATA,
                            Capability.EXTENDED_METADATA)) {
                        assertThat(seen.capabilities().has(flag)).as(flag.name()).isTrue();
                    }
                    assertThat(seen.responses()).contains("STMT_BULK_EXECUTE");
                });
    }

    @Test
    void mariaDbsDriverDoesWithoutAllThatAtMySql() throws Exception {
        RealMySql mysql = RealMySql.shared();
        mysql.createAccount("connector", "secret", "connector");
        mysql.execute("DROP TABLE IF EXISTS connector.t",
                "CREATE TABLE connector.t (id INT PRIMARY KEY, v VARCHAR(100), u CHAR(36))");
        String options = "?sslMode=disable&allowPublicKeyRetrieval=true&useServerPrepStmts=true&useBulkStmts=true";
        assertSame(mysql, mariaDbDirect(options), mariaDbThrough("mysql", options), seen -> {
            assertThat(seen.capabilities().hasExtended()).isFalse();
            assertThat(seen.responses()).doesNotContain("STMT_BULK_EXECUTE");
        });
    }

    private static Connector mariaDbDirect(String options) {
        return server -> DriverManager.getConnection("jdbc:mariadb://" + server + "/connector" + options,
                "connector", "secret");
    }

    private static Connector mariaDbThrough(String listener, String options) {
        return server -> {
            Properties properties = credentials(server);
            properties.setProperty("localSocket",
                    ((Address.UnixPath) SharedProxy.standard().listener(listener)).path());
            return DriverManager.getConnection("jdbc:mariadb:///connector" + options, properties);
        };
    }

    @Test
    void mysqlsDriverWantsNothingOfMariaDb() throws Exception {
        String options = "?sslMode=DISABLED&useServerPrepStmts=true&rewriteBatchedStatements=true";
        assertSame(DB, server -> DriverManager.getConnection("jdbc:mysql://" + server + "/connector" + options,
                "connector", "secret"), server -> {
                    Properties properties = credentials(server);
                    properties.setProperty("authenticationPlugins", ClearPasswordWithoutTls.class.getName());
                    properties.setProperty("defaultAuthenticationPlugin", "mysql_clear_password");
                    return DriverManager.getConnection("jdbc:mysql://127.0.0.3:" + SharedProxy.standard().port()
                            + "/connector" + options, properties);
                }, seen -> assertThat(seen.capabilities().hasExtended()).isFalse());
    }

    /** Makes a connection whose server is at an address. */
    @FunctionalInterface
    private interface Connector {
        Connection connect(Address server) throws SQLException;
    }

    private static void assertSame(TestedServer tested, Connector direct, Connector through,
            Consumer<TrackedConnection> check) throws Exception {
        try (TrackingRelay relay = new TrackingRelay(tested.tcp())) {
            Address server = Endpoints.tcp(relay.port());
            List<String> expected;
            try (Connection connection = direct.connect(server)) {
                expected = work(connection);
            }
            Capabilities asked = relay.connections().getLast().capabilities();
            check.accept(relay.connections().getLast());
            try (Connection first = through.connect(server)) {
                // lets the daemon see the server
                assertThat(first.isValid(30)).isTrue();
            }
            try (Connection connection = through.connect(server)) {
                assertThat(work(connection)).isEqualTo(expected);
            }
            check.accept(relay.connections().getLast());
            assertThat(relay.connections().getLast().capabilities().without(OF_THE_LOGIN))
                    .isEqualTo(asked.without(OF_THE_LOGIN));
        }
    }

    private static Properties credentials(Address server) {
        Properties properties = new Properties();
        properties.setProperty("user", account("connector", server));
        properties.setProperty("password", "secret");
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
