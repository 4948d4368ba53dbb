package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What programs do through JDBC. MariaDB's driver sends clear passwords over Unix sockets only, that of MySQL over TCP
 * with a plugin of its user's own.
 */
@ParameterizedClass
@CsvSource({"luajit,mariadb", "luaj,mariadb", "luajit,mysql", "luaj,mysql"})
class JdbcIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy;
    private final String driver;

    JdbcIT(String engine, String driver) {
        proxy = SharedProxy.of(engine);
        this.driver = driver;
    }

    @BeforeAll
    static void fill() throws IOException {
        DB.createAccount("jdbc", "se cret", "jdbc");
        DB.execute("CREATE OR REPLACE TABLE jdbc.t (id INT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(100), b LONGBLOB) "
                + "CHARACTER SET utf8mb4",
                "CREATE OR REPLACE PROCEDURE jdbc.twice(INOUT x INT) BEGIN SELECT x; SET x = 2 * x; END");
    }

    private Connection connect(String password, String... options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account("jdbc", DB.socket()));
        properties.setProperty("password", password);
        for (String option : options) {
            int equals = option.indexOf('=');
            properties.setProperty(option.substring(0, equals), option.substring(equals + 1));
        }
        if (driver.equals("mariadb")) {
            properties.setProperty("localSocket", ((Address.UnixPath) proxy.listener("main")).path());
            return DriverManager.getConnection("jdbc:mariadb:///jdbc?sslMode=disable", properties);
        }
        properties.setProperty("authenticationPlugins", ClearPasswordWithoutTls.class.getName());
        properties.setProperty("defaultAuthenticationPlugin", "mysql_clear_password");
        return DriverManager.getConnection("jdbc:mysql://" + proxy.tcp() + "/jdbc?sslMode=DISABLED", properties);
    }

    @Test
    void aWrongPasswordIsTheServersError() {
        assertThatThrownBy(() -> connect("wrong").close()).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("28000");
            assertThat(e.getErrorCode()).isEqualTo(1045);
            assertThat(e.getMessage()).contains("Access denied for user 'jdbc'@");
        });
    }

    @Test
    void textResults() throws SQLException {
        try (Connection connection = connect("se cret"); Statement statement = connection.createStatement()) {
            ResultSet result = statement.executeQuery("SELECT 1, '', NULL, 'ä€😀', 1.5, DATABASE(), CURRENT_USER()");
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(1);
            assertThat(result.getString(2)).isEmpty();
            assertThat(result.getString(3)).isNull();
            assertThat(result.getString(4)).isEqualTo("ä€😀");
            assertThat(result.getDouble(5)).isEqualTo(1.5);
            assertThat(result.getString(6)).isEqualTo("jdbc");
            assertThat(result.getString(7)).isEqualTo("jdbc@%");
            assertThat(result.next()).isFalse();
        }
    }

    @Test
    void binaryResultsAndBlobs() throws SQLException {
        byte[] blob = new byte[3_000_000];
        new java.util.Random(7).nextBytes(blob);
        try (Connection connection = connect("se cret", "useServerPrepStmts=true");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (v, b) VALUES (?, ?)",
                        Statement.RETURN_GENERATED_KEYS);
                PreparedStatement select = connection.prepareStatement("SELECT v, b FROM t WHERE id = ?")) {
            insert.setString(1, "binary 😀");
            insert.setBinaryStream(2, new ByteArrayInputStream(blob));
            assertThat(insert.executeUpdate()).isEqualTo(1);
            ResultSet keys = insert.getGeneratedKeys();
            assertThat(keys.next()).isTrue();
            for (int i = 0; i < 10; i++) {
                select.setInt(1, keys.getInt(1));
                ResultSet result = select.executeQuery();
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).isEqualTo("binary 😀");
                assertThat(result.getBytes(2)).isEqualTo(blob);
            }
        }
    }

    @Test
    void transactions() throws SQLException {
        try (Connection connection = connect("se cret"); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO t (v) VALUES ('rolled back')");
            connection.rollback();
            statement.executeUpdate("INSERT INTO t (v) VALUES ('committed')");
            connection.commit();
            connection.setAutoCommit(true);
            assertThat(count(statement, "rolled back")).isZero();
            assertThat(count(statement, "committed")).isPositive();
        }
    }

    private static int count(Statement statement, String value) throws SQLException {
        ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM t WHERE v = '" + value + "'");
        result.next();
        return result.getInt(1);
    }

    @Test
    void severalStatementsAtOnce() throws SQLException {
        try (Connection connection = connect("se cret", "allowMultiQueries=true");
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1; DO 1; SELECT 'three'")).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getMoreResults()).isTrue();
            ResultSet result = statement.getResultSet();
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("three");
        }
    }

    @Test
    void procedures() throws SQLException {
        try (Connection connection = connect("se cret");
                CallableStatement call = connection.prepareCall("{CALL twice(?)}")) {
            call.setInt(1, 21);
            call.registerOutParameter(1, Types.INTEGER);
            call.execute();
            assertThat(call.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void rowsFetchedInPortions() throws SQLException {
        try (Connection connection = connect("se cret", "useServerPrepStmts=true", "useCursorFetch=true",
                "defaultFetchSize=100");
                PreparedStatement select = connection.prepareStatement("SELECT seq FROM seq_1_to_10000")) {
            long sum = 0;
            ResultSet result = select.executeQuery();
            while (result.next()) {
                sum += result.getLong(1);
            }
            assertThat(sum).isEqualTo(50_005_000);
        }
    }

    @Test
    void batches() throws SQLException {
        try (Connection connection = connect("se cret");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (id, v) VALUES (?, 'batch')")) {
            for (int i = 0; i < 500; i++) {
                insert.setInt(1, 1_000_000 + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(500);
            insert.setInt(1, 1_000_000);
            insert.addBatch();
            assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class)
                    .hasMessageContaining("Duplicate entry");
            try (Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("DELETE FROM t WHERE v = 'batch'")).isEqualTo(500);
            }
        }
    }

    @Test
    void uploads() throws SQLException, IOException {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("myproxy-it-", ".txt");
        try (Connection connection = connect("se cret", "allowLoadLocalInfile=true", "allowLocalInfile=true");
                Statement statement = connection.createStatement()) {
            java.nio.file.Files.writeString(file, "1\tone\n2\ttwo\n3\tthree\n");
            statement.execute("CREATE TEMPORARY TABLE up (id INT, v TEXT)");
            assertThat(statement.executeUpdate("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE up")).isEqualTo(3);
        } finally {
            java.nio.file.Files.delete(file);
        }
    }

    @Test
    void anotherDatabase() throws SQLException {
        try (Connection connection = connect("se cret"); Statement statement = connection.createStatement()) {
            if (driver.equals("mariadb")) {
                connection.setCatalog("information_schema");
            } else {
                // This driver's setCatalog and setSchema do nothing with a MariaDB, with or without the daemon.
                statement.execute("USE information_schema");
            }
            ResultSet result = statement.executeQuery("SELECT DATABASE()");
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("information_schema");
            assertThat(connection.isValid(5)).isTrue();
        }
    }
}
