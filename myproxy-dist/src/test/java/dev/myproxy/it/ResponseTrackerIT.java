package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.protocol.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tracker follows a real server and real clients: it is idle whenever they are, and saw what they did. */
class ResponseTrackerIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final String DATABASE = "tracked";

    private static final String MARIADB = "jdbc:mariadb://127.0.0.1:%d/tracked?user=tracked&password=secret"
            + "&sslMode=disable&allowMultiQueries=true&allowLocalInfile=true&useServerPrepStmts=";
    private static final String MYSQL = "jdbc:mysql://127.0.0.1:%d/tracked?user=tracked&password=secret"
            + "&sslMode=DISABLED&allowMultiQueries=true&allowLoadLocalInfile=true&useServerPrepStmts=";

    @TempDir
    Path directory;

    private TrackingRelay relay;

    @BeforeAll
    static void createTables() throws IOException {
        DB.createAccount(DATABASE, "secret", DATABASE);
        DB.execute("CREATE OR REPLACE TABLE tracked.numbers (n INT, text LONGTEXT)",
                "CREATE OR REPLACE PROCEDURE tracked.sets(IN a INT, OUT b INT) BEGIN DECLARE x INT;"
                        + " DECLARE c CURSOR FOR SELECT seq FROM seq_1_to_3; OPEN c; FETCH c INTO x;"
                        + " SELECT x; SELECT seq FROM seq_1_to_4; CLOSE c; SET b = a + 1; END");
    }

    @BeforeEach
    void listen() throws IOException {
        relay = new TrackingRelay(DB.tcp());
        DB.execute("TRUNCATE tracked.numbers");
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
    }

    private Connection connect(String url) throws SQLException, IOException {
        return DriverManager.getConnection(url.formatted(relay.port()));
    }

    private TrackedConnection tracked() {
        return relay.connections().getLast();
    }

    private void isIdle() {
        await().untilAsserted(() -> assertThat(tracked().tracker().idle()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {MARIADB + "false", MARIADB + "true", MARIADB + "true&defaultFetchSize=2",
            MARIADB + "true&useBulkStmts=true&cachePrepStmts=false",
            MARIADB + "false&deprecateEof=false", MARIADB + "true&deprecateEof=false",
            MARIADB + "true&enableSkipMeta=false", MYSQL + "false", MYSQL + "true",
            MYSQL + "true&useCursorFetch=true&defaultFetchSize=2", MYSQL + "true&rewriteBatchedStatements=true",
            MYSQL + "false&trackSessionState=true"})
    void followsDrivers(String url) throws Exception {
        try (Connection connection = connect(url)) {
            isIdle();
            insert(connection);
            isIdle();
            assertThat(sum(connection, "SELECT n, text FROM numbers ORDER BY n")).isEqualTo(5050);
            for (int i = 0; i < 3; i++) {
                try (PreparedStatement select = connection
                        .prepareStatement("SELECT n, text FROM numbers WHERE n > ?")) {
                    select.setInt(1, 90);
                    assertThat(sum(select.executeQuery())).isEqualTo(955);
                    select.setInt(1, 1000);
                    assertThat(sum(select.executeQuery())).isZero();
                }
            }
            isIdle();
            severalResults(connection);
            procedure(connection);
            failures(connection);
            localFile(connection);
            assertThat(connection.isValid(5)).isTrue();
            connection.setCatalog(DATABASE);
            isIdle();
        }
        await().untilAsserted(() -> assertThat(tracked().tracker().isQuitting()).isTrue());
        assertThat(tracked().tracker().queries()).isGreaterThan(8);
        assertThat(tracked().tracker().isServerLeaving()).isFalse();
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO numbers VALUES (?, ?)")) {
            for (int i = 1; i <= 100; i++) {
                insert.setInt(1, i);
                insert.setString(2, i % 3 == 0 ? "" : "text " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static long sum(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return sum(statement.executeQuery(sql));
        }
    }

    private static long sum(ResultSet rows) throws SQLException {
        long sum = 0;
        try (rows) {
            while (rows.next()) {
                sum += rows.getInt(1);
            }
        }
        return sum;
    }

    private void severalResults(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int results = 0;
            boolean rows = statement
                    .execute("SELECT '', NULL; SET @a = 1; SELECT 2; SELECT 1 FROM numbers WHERE n < 0");
            while (rows || statement.getUpdateCount() >= 0) {
                results++;
                rows = statement.getMoreResults();
            }
            assertThat(results).isEqualTo(4);
        }
        isIdle();
    }

    private void procedure(Connection connection) throws SQLException {
        try (CallableStatement call = connection.prepareCall("{call sets(?, ?)}")) {
            call.setInt(1, 41);
            call.registerOutParameter(2, java.sql.Types.INTEGER);
            boolean rows = call.execute();
            int results = 0;
            while (rows) {
                results++;
                rows = call.getMoreResults();
            }
            assertThat(results).isGreaterThanOrEqualTo(2);
            assertThat(call.getInt(2)).isEqualTo(42);
        }
        isIdle();
    }

    private void failures(Connection connection) throws SQLException {
        long before = tracked().tracker().errors();
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT nonsense FROM nowhere"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> {
                statement.execute("SELECT 1; SELECT nonsense FROM nowhere");
                statement.getMoreResults();
            }).isInstanceOf(SQLException.class);
        }
        isIdle();
        // One more where the driver first tries to prepare the two statements.
        assertThat(tracked().tracker().errors()).isBetween(before + 2, before + 3);
        assertThat(tracked().responses()).contains("QUERY 1146");
    }

    private void localFile(Connection connection) throws Exception {
        Path file = directory.resolve("rows");
        Files.write(file, IntStream.range(1000, 4000).mapToObj(i -> i + "\t\u0002\u0001text").toList());
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE numbers"))
                    .isEqualTo(3000);
            assertThatThrownBy(() -> statement.execute("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE nowhere"))
                    .isInstanceOf(SQLException.class);
        }
        isIdle();
    }

    @ParameterizedTest
    @ValueSource(strings = {MARIADB + "false", MARIADB + "true", MYSQL + "true"})
    void followsPayloadsOfSeveralPackets(String url) throws Exception {
        try (Connection connection = connect(url)) {
            try (PreparedStatement row = connection.prepareStatement("SELECT REPEAT(?, ?)")) {
                row.setString(1, "x");
                row.setInt(2, 0xffffff - 4);
                ResultSet exact = row.executeQuery();
                exact.next();
                assertThat(exact.getString(1)).hasSize(0xffffff - 4);
            }
            isIdle();
            try (PreparedStatement command = connection.prepareStatement("SELECT LENGTH(?)")) {
                command.setString(1, "x".repeat(0xffffff + 1000));
                assertThat(sum(command.executeQuery())).isEqualTo(0xffffff + 1000);
            }
            isIdle();
        }
    }

    @Test
    void followsCursors() throws Exception {
        try (Connection connection = connect(MYSQL + "true&useCursorFetch=true&defaultFetchSize=2")) {
            try (PreparedStatement select = connection.prepareStatement("SELECT seq FROM seq_1_to_9")) {
                assertThat(sum(select.executeQuery())).isEqualTo(45);
            }
            isIdle();
            assertThat(tracked().responses()).filteredOn("STMT_FETCH"::equals).hasSizeBetween(4, 6);
        }
    }

    @Test
    void followsTransactions() throws Exception {
        try (Connection connection = connect(MARIADB + "false"); Statement statement = connection.createStatement()) {
            assertThat(tracked().tracker().inTransaction()).isFalse();
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO numbers VALUES (1, '')");
            assertThat(tracked().tracker().inTransaction()).isTrue();
            connection.rollback();
            assertThat(tracked().tracker().inTransaction()).isFalse();
        }
    }

    @Test
    void driversNegotiateWhatTheTestsAreMeantFor() throws Exception {
        try (Connection _ = connect(MARIADB + "true")) {
            assertThat(tracked().capabilities().has(Capability.DEPRECATE_EOF)).isTrue();
            assertThat(tracked().capabilities().has(Capability.CACHE_METADATA)).isTrue();
        }
        try (Connection _ = connect(MARIADB + "true&deprecateEof=false")) {
            assertThat(tracked().capabilities().has(Capability.DEPRECATE_EOF)).isFalse();
        }
        try (Connection _ = connect(MYSQL + "true")) {
            assertThat(tracked().capabilities().has(Capability.DEPRECATE_EOF)).isTrue();
        }
    }
}
