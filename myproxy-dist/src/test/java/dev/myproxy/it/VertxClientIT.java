package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLAuthenticationPlugin;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Vert.x's own client for MySQL sees through the daemon what it sees directly. */
class VertxClientIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();
    private static final String USER = "vertx";
    private static final String DATABASE = "vertx";

    private static Vertx vertx;

    private final List<String> seen = new ArrayList<>();

    @BeforeAll
    static void fill() throws IOException {
        // The client loses the buffer of each password that it sends in clear.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        vertx = Vertx.vertx();
        ClientProgram.prepare(DB, USER, DATABASE);
    }

    @AfterAll
    static void close() throws TimeoutException {
        await(vertx.close());
        ResourceLeakDetector.setLevel(LEVEL);
    }

    /** How to get in: the port, the user's name, and the plugin, which must be the right one from the beginning. */
    private record Way(int port, String user, MySQLAuthenticationPlugin plugin) {

        static Way direct() {
            return new Way(DB.port(), USER, MySQLAuthenticationPlugin.DEFAULT);
        }

        static Way proxied() {
            return new Way(SharedProxy.standard().port(), account(USER, DB.tcp()),
                    MySQLAuthenticationPlugin.MYSQL_CLEAR_PASSWORD);
        }

        MySQLConnectOptions options(String password) {
            return new MySQLConnectOptions().setHost("127.0.0.1").setPort(port).setUser(user).setPassword(password)
                    .setDatabase(DATABASE).setAuthenticationPlugin(plugin).setCharset("utf8mb4").setPipeliningLimit(16)
                    .setCachePreparedStatements(true);
        }
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }

    @Test
    void seesWhatItSeesDirectly() throws TimeoutException {
        dialogue(Way.direct());
        List<String> direct = List.copyOf(seen);
        assertThat(direct).contains("error 1045 28000", "error 1146 42S02", "error 1062 23000",
                "after rollback 3", "after commit 4").endsWith("done");
        seen.clear();
        dialogue(Way.proxied());
        assertThat(seen).isEqualTo(direct);
    }

    private void dialogue(Way way) throws TimeoutException {
        fails(MySQLConnection.connect(vertx, way.options("wrong")));
        MySQLConnection connection = await(MySQLConnection.connect(vertx, way.options(ClientProgram.PASSWORD)));
        show(connection, "SELECT 'text', CURRENT_USER(), DATABASE(), '', NULL, 'ä€😀', 1.5");
        show(connection, "DROP TABLE IF EXISTS t");
        show(connection, "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(100)) CHARACTER SET utf8mb4");
        prepared(connection);
        large(connection);
        fails(connection.query("SELECT * FROM nowhere").execute());
        transactions(connection);
        sentAhead(connection);
        show(connection, "CALL two_results()");
        show(connection, "SELECT 'first'; SELECT 'second'");
        commands(connection);
        await(connection.close());
        seen.add("done");
    }

    private void prepared(MySQLConnection connection) throws TimeoutException {
        String insert = "INSERT INTO t VALUES (?, ?)";
        await(connection.preparedQuery(insert).executeBatch(
                List.of(Tuple.of(1, "prepared 1 😀"), Tuple.of(2, "prepared 2 😀"), Tuple.of(3, ""))));
        fails(connection.preparedQuery(insert).execute(Tuple.of(1, "again")));
        show(await(connection.preparedQuery("SELECT id, v, id / 2, NULL FROM t WHERE id > ? ORDER BY id")
                .execute(Tuple.of(1))));
    }

    /** Several megabytes, once at a go and once in portions of a cursor. */
    private void large(MySQLConnection connection) throws TimeoutException {
        String sql = "SELECT n, REPEAT('large ', 20000) FROM numbers WHERE n <= ?";
        long length = 0;
        for (Row row : await(connection.query(sql.replace("?", "60")).execute())) {
            length += row.getInteger(0) * (long) row.getString(1).length();
        }
        seen.add("large " + length);
        PreparedStatement statement = await(connection.prepare(sql));
        Cursor cursor = statement.cursor(Tuple.of(60));
        length = 0;
        do {
            for (Row row : await(cursor.read(25))) {
                length += row.getInteger(0) * (long) row.getString(1).length();
            }
        } while (cursor.hasMore());
        seen.add("by cursor " + length);
        await(cursor.close());
        await(statement.close());
    }

    private void transactions(MySQLConnection connection) throws TimeoutException {
        Transaction first = await(connection.begin());
        await(connection.query("INSERT INTO t VALUES (4, 'rolled back')").execute());
        await(first.rollback());
        seen.add("after rollback " + count(connection));
        Transaction second = await(connection.begin());
        await(connection.query("INSERT INTO t VALUES (5, 'committed')").execute());
        await(second.commit());
        seen.add("after commit " + count(connection));
    }

    private static int count(MySQLConnection connection) throws TimeoutException {
        return await(connection.query("SELECT COUNT(*) FROM t").execute()).iterator().next().getInteger(0);
    }

    /** Many statements without waiting for the answer to the one before. */
    private void sentAhead(MySQLConnection connection) throws TimeoutException {
        List<Future<RowSet<Row>>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(connection.preparedQuery("SELECT " + i + " + ?").execute(Tuple.of(i)));
        }
        for (Future<RowSet<Row>> one : all) {
            show(await(one));
        }
    }

    /** What this client has methods for and others have not. */
    private void commands(MySQLConnection connection) throws TimeoutException {
        await(connection.ping());
        await(connection.specifySchema("information_schema"));
        show(connection, "SELECT DATABASE()");
        fails(connection.specifySchema("none"));
        await(connection.query("SET @left = 'behind'").execute());
        await(connection.resetConnection());
        show(connection, "SELECT @left, CURRENT_USER(), DATABASE()");
    }

    private void show(MySQLConnection connection, String sql) throws TimeoutException {
        show(await(connection.query(sql).execute()));
    }

    private void show(RowSet<Row> first) {
        for (RowSet<Row> result = first; result != null; result = result.next()) {
            seen.add("columns " + result.columnsNames() + ", " + result.rowCount() + " rows affected");
            result.forEach(row -> seen.add(row.toJson().encode()));
        }
    }

    private void fails(Future<?> future) throws TimeoutException {
        try {
            await(future);
            seen.add("no error");
        } catch (MySQLException e) {
            seen.add("error " + e.getErrorCode() + " " + e.getSqlState());
        }
    }
}
