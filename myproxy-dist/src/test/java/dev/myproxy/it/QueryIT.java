package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs behind a policy that refuses statements and changes others. */
@ParameterizedClass
@CsvSource({"luajit,mariadb", "luaj,mariadb", "luajit,mysql", "luaj,mysql"})
class QueryIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy;
    private final String driver;

    QueryIT(String engine, String driver) {
        proxy = SharedProxy.of(engine);
        this.driver = driver;
    }

    @BeforeEach
    void fill() throws IOException {
        DB.createAccount("statements", "secret", "statements");
        DB.execute("CREATE OR REPLACE TABLE statements.prefix_t (id INT, v VARCHAR(100)) CHARACTER SET utf8mb4",
                "INSERT INTO statements.prefix_t VALUES (1, 'one'), (2, 'two')");
    }

    private Connection connect(String... options) throws SQLException {
        return connectAs("statements", options);
    }

    private Connection connectAs(String user, String... options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account(user, DB.socket()));
        properties.setProperty("password", "secret");
        for (String option : options) {
            int equals = option.indexOf('=');
            properties.setProperty(option.substring(0, equals), option.substring(equals + 1));
        }
        if (driver.equals("mariadb")) {
            properties.setProperty("localSocket", ((Address.UnixPath) proxy.listener("query")).path());
            return DriverManager.getConnection("jdbc:mariadb:///statements?sslMode=disable", properties);
        }
        properties.setProperty("authenticationPlugins", ClearPasswordWithoutTls.class.getName());
        properties.setProperty("defaultAuthenticationPlugin", "mysql_clear_password");
        return DriverManager.getConnection("jdbc:mysql://127.0.0.2:" + proxy.port() + "/statements?sslMode=DISABLED",
                properties);
    }

    private static void assertRefused(ThrowingCallable call, int code, String sqlState, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(code);
            assertThat(e.getSQLState()).isEqualTo(sqlState);
            assertThat(e.getMessage()).contains(message);
        });
    }

    private static List<String> values(ResultSet result) throws SQLException {
        List<String> values = new ArrayList<>();
        while (result.next()) {
            values.add(result.getString(1));
        }
        return values;
    }

    @Test
    void aRefusedStatementLeavesTheConnectionUsable() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (int i = 0; i < 3; i++) {
                assertRefused(() -> statement.execute("DROP TABLE forbidden"), 1227, "42000",
                        "Not allowed: DROP TABLE forbidden");
                assertRefused(() -> statement.execute("SELECT 'teapot'"), 4711, "45000", "I am a teapot");
                assertRefused(() -> statement.execute("SELECT 'boom'"), 1227, "42000", "Lua error");
                assertThat(values(statement.executeQuery("SELECT 'ä€😀', 'slow'"))).containsExactly("ä€😀");
            }
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aRefusalInATransactionLeavesItOpen() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO tenant_t VALUES (3, 'drei ä😀')");
            assertRefused(() -> statement.execute("forbidden"), 1227, "42000", "Not allowed");
            connection.commit();
            assertThat(values(statement.executeQuery("SELECT v FROM prefix_t WHERE id = 3")))
                    .containsExactly("drei ä😀");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void preparedStatementsAreRefusedAndChanged(boolean atServer) throws SQLException {
        try (Connection connection = connect("useServerPrepStmts=" + atServer)) {
            try (PreparedStatement select = connection.prepareStatement("SELECT v FROM tenant_t WHERE id = ?")) {
                for (int id = 1; id <= 2; id++) {
                    select.setInt(1, id);
                    assertThat(values(select.executeQuery())).containsExactly(id == 1 ? "one" : "two");
                }
            }
            assertRefused(() -> {
                try (PreparedStatement drop = connection.prepareStatement("DELETE FROM forbidden WHERE id = ?")) {
                    drop.setInt(1, 1);
                    drop.execute();
                }
            }, 1227, "42000", "Not allowed");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO tenant_t VALUES (?, ?)")) {
                for (int id = 10; id < 60; id++) {
                    insert.setInt(1, id);
                    insert.setString(2, "batch");
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(50);
            }
            try (Statement statement = connection.createStatement()) {
                assertThat(values(statement.executeQuery("SELECT COUNT(*) FROM tenant_t WHERE v = 'batch'")))
                        .containsExactly("50");
            }
        }
    }

    @Test
    void severalStatementsAreOneText() throws SQLException {
        try (Connection connection = connect("allowMultiQueries=true");
                Statement statement = connection.createStatement()) {
            assertRefused(() -> statement.execute("SELECT 1; SELECT 'forbidden'"), 1227, "42000",
                    "Not allowed: SELECT 1; SELECT 'forbidden'");
            assertThat(statement.execute("SELECT v FROM tenant_t WHERE id = 1; SELECT 'second'")).isTrue();
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(values(statement.getResultSet())).containsExactly("second");
        }
    }

    @Test
    void aStatementBecomesLonger() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (int bytes : new int[]{50_000, 1 << 20, (1 << 24) - 20, 1 << 24, 40_000_000}) {
                assertThat(values(statement.executeQuery("SELECT LENGTH('<" + bytes + " bytes>')")))
                        .containsExactly(Integer.toString(bytes));
            }
        }
    }

    @Test
    void aSessionIsAccounted() throws SQLException, IOException {
        String user = "accounted_" + driver;
        DB.createAccount(user, "secret", "statements");
        try (Connection connection = connectAs(user); Statement statement = connection.createStatement()) {
            statement.execute("DO 'slow'");
        }
        proxy.process().awaitLine(
                line -> line.matches(user + " left: client_quit after \\d+ queries in phase command"));
    }
}
