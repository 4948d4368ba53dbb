package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do when a user presses Ctrl-C, or a query takes too long: it is gone from the server. */
class KillByClientsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

    @TempDir
    private Path directory;

    @BeforeAll
    static void createAccount() throws IOException {
        DB.createAccount("killing", "se cret", "killing");
    }

    private static int running(String name) throws IOException {
        return Integer.parseInt(DB.value("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%" + name
                + "%' AND info NOT LIKE '%processlist%'"));
    }

    private static void awaitRunning(String name, int count) {
        await(name).atMost(PATIENCE).until(() -> running(name) == count);
    }

    /** What the command-line client prints when it is interrupted once, and its exit code. */
    private String interrupted(Address address, String user, String... options)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        String sql = "SELECT SLEEP(300) AS ctrl_c";
        ProcessBuilder builder = new ProcessBuilder("mariadb", "--no-defaults", "--skip-ssl", "--user=" + user,
                "--password=se cret", "--socket=" + ((Address.UnixPath) address).path());
        builder.command().addAll(List.of(options));
        builder.command().add("--execute=" + sql);
        OsProcess client = new OsProcess(builder.redirectErrorStream(true).redirectOutput(out.toFile()).start());
        awaitRunning("ctrl_c", 1);
        client.signal("INT");
        return client.waitForEnd() + "\n" + Files.readString(out, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--batch", "--table"})
    void ctrlCEndsTheStatementOfTheCommandLineClient(String option) throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of)
                .anyMatch(bin -> Files.isExecutable(bin.resolve("mariadb"))), "mariadb is not installed");

        String direct = interrupted(DB.socket(), "killing", option);
        String through = interrupted(proxy.listener("main"), account("killing", DB.socket()), option);

        assertThat(direct).contains("1317", "query killed");
        assertThat(through).isEqualTo(direct);
    }

    private Connection connect(String driver) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account("killing", DB.socket()));
        properties.setProperty("password", "se cret");
        if (driver.equals("mariadb")) {
            properties.setProperty("localSocket", ((Address.UnixPath) proxy.listener("main")).path());
            return DriverManager.getConnection("jdbc:mariadb:///killing?sslMode=disable", properties);
        }
        properties.setProperty("authenticationPlugins", ClearPasswordWithoutTls.class.getName());
        properties.setProperty("defaultAuthenticationPlugin", "mysql_clear_password");
        return DriverManager.getConnection("jdbc:mysql://" + proxy.tcp() + "/killing?sslMode=DISABLED", properties);
    }

    private static void assertAlive(Statement statement) throws SQLException {
        statement.setQueryTimeout(0);
        ResultSet result = statement.executeQuery("SELECT 'alive'");
        assertThat(result.next()).isTrue();
        assertThat(result.getString(1)).isEqualTo("alive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLEEP(300)", "BENCHMARK(1e12, SHA1('heavy'))"})
    void aQueryTimeoutEndsTheStatement(String heavy) throws SQLException {
        try (Connection connection = connect("mysql"); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            assertThatThrownBy(() -> statement.executeQuery("SELECT /* timeout */ " + heavy))
                    .isInstanceOf(SQLTimeoutException.class);

            awaitRunning("timeout", 0);
            assertAlive(statement);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void cancelEndsTheStatement(String driver) throws SQLException {
        String name = driver + " cancel";
        try (Connection connection = connect(driver); Statement statement = connection.createStatement()) {
            CompletableFuture<Void> cancelling = CompletableFuture.runAsync(() -> {
                awaitRunning(name, 1);
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThatThrownBy(() -> statement.executeQuery("SELECT /* " + name + " */ SLEEP(300)"))
                    .isInstanceOf(SQLException.class);

            cancelling.join();
            awaitRunning(name, 0);
            assertAlive(statement);
        }
    }
}
