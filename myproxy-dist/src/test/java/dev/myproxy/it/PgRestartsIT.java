package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL goes away and comes back while clients log in: each gets in, or is told the script's own words. */
@OwnServers
class PgRestartsIT {

    private static final int CLIENTS = 4;
    private static final String REFUSAL = "No accounts right now: ";

    @TempDir
    private Path directory;

    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private ProxyProcess start(String engine, EmbeddedPostgreSql postgres, FakeServer server) throws IOException {
        return ProxyProcess.start(directory,
                """
                local db = pg:new('%s', nil, {pool = 3})
                mysql_listen('%s/s', {on_handshake_response = function(client, login)
                  local result, message = db:execute('SELECT account FROM accounts WHERE name = $1', {login.user})
                  if not result then return client:err('%s' .. message) end
                  return client:connect('%s', {user = result:fetch().account, password = ''})
                end})
                """.formatted(postgres.conninfo(), directory, REFUSAL, server.address()), "--engine", engine);
    }

    private void keepLoggingIn() {
        while (!over && unexpected.isEmpty()) {
            try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
                Packet answer = client.limit(Duration.ofSeconds(30)).tryLogin(Login.clear("joe", ""));
                if (answer.isOk()) {
                    String account = client.query("SELECT who").value();
                    count(account.equals("db_joe"), logins, account);
                } else {
                    count(answer.isErr() && answer.err().message().startsWith(REFUSAL), refusals, answer.toString());
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                unexpected.add(e.toString());
            }
        }
    }

    private void count(boolean right, AtomicInteger counter, String otherwise) {
        if (right) {
            counter.incrementAndGet();
        } else {
            unexpected.add(otherwise);
        }
    }

    private void awaitMore(String what, AtomicInteger counter) {
        int before = counter.get();
        Awaitility.await(what).atMost(Duration.ofSeconds(60))
                .until(() -> !unexpected.isEmpty() || counter.get() >= before + 10 * CLIENTS);
        assertThat(unexpected).as(what).isEmpty();
    }

    private static long backend(EmbeddedPostgreSql postgres) throws SQLException {
        return Long.parseLong(postgres
                .value("SELECT pid FROM pg_stat_activity WHERE application_name = 'myproxy' ORDER BY random() LIMIT 1"));
    }

    @ParameterizedTest
    @CsvSource({"luajit,NEWEST", "luaj,OLDEST"})
    void everyClientIsAnswered(String engine, EmbeddedPostgreSql.Version version) throws Exception {
        List<Thread> clients = new ArrayList<>();
        try (EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(version);
                FakeServer server = FakeServer.start(Endpoints.unix(directory.resolve("fake")), connection -> {
                    connection.greet();
                    String user = connection.acceptAll().user();
                    connection.read();
                    connection.resultSet(List.of("v"), List.of(List.of(user)), dev.myproxy.peers.Flags.AUTOCOMMIT);
                });
                ProxyProcess proxy = start(engine, postgres, server)) {
            postgres.execute("CREATE TABLE accounts (name text PRIMARY KEY, account text)",
                    "INSERT INTO accounts VALUES ('joe', 'db_joe')");
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofPlatform().daemon().start(this::keepLoggingIn));
            }
            try {
                awaitMore("logins at first", logins);
                postgres.stop();
                awaitMore("refusals while it is stopped", refusals);
                postgres.startAgain();
                awaitMore("logins after a restart", logins);
                for (int i = 0; i < 10; i++) {
                    postgres.execute("SELECT pg_terminate_backend(" + backend(postgres) + ")");
                    awaitMore("logins after a lost connection", logins);
                }
                EmbeddedPostgreSql.killBackend(backend(postgres));
                awaitMore("logins after a recovery", logins);
            } finally {
                over = true;
                for (Thread client : clients) {
                    client.join();
                }
            }
            assertThat(unexpected).isEmpty();
            assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
        }
    }
}
