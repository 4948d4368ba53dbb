package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins that wait for PostgreSQL, many at a time, on both engines and with the oldest and the newest server. */
@OwnServers
class PgLoginsIT {

    private static final int CLIENTS = 100;
    private static final int POOL = 10;

    @TempDir
    private Path directory;

    private static String waiting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM pg_stat_activity "
                        + "WHERE application_name = 'myproxy' AND state = 'active' AND query LIKE '%pg_sleep%'")) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The user's name is a number of seconds to wait for and the number of a database. */
    private ProxyProcess start(String engine, EmbeddedPostgreSql postgres, EmbeddedMariaDb maria) throws IOException {
        return ProxyProcess.start(directory,
                """
                local db = pg:new('%s', nil, {pool = %d})
                mysql_listen('%s/s', {on_handshake_response = function(client, login)
                  local seconds, shard = login.user:match('^(%%S+) (%%d+)$')
                  local result, message = db:execute(
                    "SELECT 'shard_' || $2::int %%%% 10 AS name FROM pg_advisory_xact_lock_shared(1), pg_sleep($1)",
                    {seconds, shard})
                  if not result then return client:err(message) end
                  return client:connect('%s', {user = 'root', password = '', database = result:fetch().name})
                end})
                """.replace("%%%%", "%%").formatted(postgres.conninfo(), POOL, directory, maria.socket()),
                "--engine", engine);
    }

    private RawClient send(String user) throws IOException {
        RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s"))).limit(Duration.ofSeconds(60));
        client.sendLogin(Login.clear(user, ""));
        return client;
    }

    @ParameterizedTest
    @CsvSource({"luajit,NEWEST", "luaj,NEWEST", "luajit,OLDEST"})
    void hundredAtOnce(String engine, EmbeddedPostgreSql.Version version) throws Exception {
        EmbeddedMariaDb maria = EmbeddedMariaDb.shared();
        for (int shard = 0; shard < 10; shard++) {
            maria.execute("CREATE DATABASE IF NOT EXISTS shard_" + shard);
        }
        List<RawClient> clients = new ArrayList<>();
        try (EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(version);
                ProxyProcess proxy = start(engine, postgres, maria);
                Connection watch = postgres.connect()) {
            // No query comes to its end before this lock is released.
            execute(watch, "SELECT pg_advisory_lock(1)");
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(send("0.1 " + i));
            }

            // then the whole pool works at the same time
            Awaitility.await().until(() -> waiting(watch).equals(Integer.toString(POOL)));
            execute(watch, "SELECT pg_advisory_unlock(1)");
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = clients.get(i);
                assertThat(client.stream().read().isOk()).isTrue();
                assertThat(client.query("SELECT DATABASE()").value()).isEqualTo("shard_" + i % 10);
            }
            assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"luajit,NEWEST", "luaj,NEWEST"})
    void queriesOfClientsThatLeaveAreCancelled(String engine, EmbeddedPostgreSql.Version version) throws Exception {
        EmbeddedMariaDb maria = EmbeddedMariaDb.shared();
        maria.execute("CREATE DATABASE IF NOT EXISTS shard_7");
        try (EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(version);
                ProxyProcess proxy = start(engine, postgres, maria);
                Connection watch = postgres.connect()) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 3 * POOL; i++) {
                clients.add(send("1000 " + i));
            }
            Awaitility.await().until(() -> waiting(watch).equals(Integer.toString(POOL)));

            for (RawClient client : clients) {
                client.close();
            }

            Awaitility.await().until(() -> waiting(watch).equals("0"));
            try (RawClient client = send("0 7")) {
                assertThat(client.stream().read().isOk()).isTrue();
                assertThat(client.query("SELECT DATABASE()").value()).isEqualTo("shard_7");
            }
            assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
        }
    }
}
