package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * 100,000 accounts in PostgreSQL behind a cache, from which notifications remove those that change. The test fails if a
 * login gets an account as it was before a notification that the script had handled when the login began; it prints
 * how many logins there were in a second. The system property {@code myproxy.it.logins} tells how many there are.
 */
@OwnServers
class CachedAccountsIT {

    private static final int ACCOUNTS = 100_000;
    /** The accounts that change. */
    private static final int HOT = 200;
    private static final int LOGINS = Integer.getInteger("myproxy.it.logins", 3_000);
    private static final int CLIENTS = 8;
    private static final String BARRIER = "all";

    @TempDir
    private Path directory;

    /** The version of each hot account that the script has been told of. */
    private final AtomicIntegerArray handled = new AtomicIntegerArray(HOT);
    private final AtomicInteger barriers = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger changedLogins = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** The name of the database that the script chooses is the account's version. */
    private ProxyProcess start(String engine, EmbeddedPostgreSql postgres, FakeServer server) throws IOException {
        return ProxyProcess.start(directory,
                """
                local accounts = cache:new{name = 'accounts', size = %d, ttl = 3600, negative_ttl = 5}
                local db = pg:new('%s', nil, {pool = 4})

                local function load_account(name)
                  local result, message = db:execute('SELECT version FROM accounts WHERE name = $1', {name})
                  if not result then error(message, 0) end
                  return result:fetch()
                end

                db:listen('account_changed', function(payload)
                  if payload then
                    accounts:invalidate((payload:match('^%%S+')))
                  else
                    accounts:clear()
                  end
                  local told, message = db:execute("SELECT pg_notify('handled', $1)", {payload or 'lost'})
                  if not told then error(message, 0) end
                end)

                function reload()
                  local s = accounts:stats()
                  print(('accounts: %%d entries, %%d hits, %%d misses, %%d fetches'):format(
                    s.entries, s.hits, s.misses, s.fetches))
                end

                mysql_listen('%s/s', {on_handshake_response = function(client, login)
                  local account = accounts:fetch(login.user, load_account)
                  if not account then return client:err('No such account') end
                  return client:connect('%s', {user = login.user, password = '', database = account.version})
                end})
                """.formatted(2 * ACCOUNTS, postgres.conninfo(), directory, server.address()), "--engine", engine);
    }

    private int login(String account) throws IOException {
        try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
            client.login(Login.clear(account, ""));
            return Integer.parseInt(client.query("SELECT version").value());
        }
    }

    private void logIn(int times) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < times && failures.isEmpty(); i++) {
            try {
                int account = random.nextBoolean() ? random.nextInt(HOT) : random.nextInt(ACCOUNTS);
                int least = account < HOT ? handled.get(account) : 0;
                int version = login("a" + account);
                if (version < least) {
                    failures.add("a" + account + " has version " + version + " after notification of " + least);
                }
                if (version > 0) {
                    changedLogins.incrementAndGet();
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                failures.add(e.toString());
            }
        }
    }

    private void change(Connection connection) {
        int account = ThreadLocalRandom.current().nextInt(HOT);
        try (Statement statement = connection.createStatement()) {
            statement.execute("WITH changed AS (UPDATE accounts SET version = version + 1 WHERE name = 'a" + account
                    + "' RETURNING name || ' ' || version AS payload) "
                    + "SELECT pg_notify('account_changed', payload) FROM changed");
            changes.incrementAndGet();
        } catch (SQLException e) {
            failures.add(e.toString());
        }
    }

    /** Takes note of what the script says it has handled. */
    private void listen(Connection connection) {
        try {
            PGConnection notifications = connection.unwrap(PGConnection.class);
            while (!over) {
                for (PGNotification notification : notifications.getNotifications(100)) {
                    String[] words = notification.getParameter().split(" ", -1);
                    if (words.length == 2) {
                        handled.accumulateAndGet(Integer.parseInt(words[0].substring(1)), Integer.parseInt(words[1]),
                                Math::max);
                    } else if (words[0].equals(BARRIER)) {
                        barriers.incrementAndGet();
                    }
                }
            }
        } catch (SQLException e) {
            failures.add(e.toString());
        }
    }

    /** Waits until the script has handled all notifications that were sent before. */
    private void awaitHandled(EmbeddedPostgreSql postgres) {
        int before = barriers.get();
        Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
            // Nobody may be listening yet.
            postgres.execute("NOTIFY account_changed, '" + BARRIER + "'");
            return barriers.get() > before;
        });
    }

    private static void answer(dev.myproxy.peers.ServerConnection connection) throws IOException {
        connection.greet();
        String version = connection.acceptAll().database().orElse("-1");
        connection.read();
        connection.resultSet(List.of("version"), List.of(List.of(version)), Flags.AUTOCOMMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void noLoginGetsWhatWasInvalidated(String engine) throws Exception {
        ScheduledExecutorService changing = Executors.newSingleThreadScheduledExecutor();
        try (EmbeddedPostgreSql postgres = EmbeddedPostgreSql.start(EmbeddedPostgreSql.Version.NEWEST);
                FakeServer server = FakeServer.startForMany(Endpoints.unix(directory.resolve("fake")),
                        CachedAccountsIT::answer);
                Connection changer = postgres.connect();
                Connection listener = postgres.connect()) {
            postgres.execute("CREATE TABLE accounts (name text PRIMARY KEY, version int NOT NULL DEFAULT 0)",
                    "INSERT INTO accounts (name) SELECT 'a' || n FROM generate_series(0, " + (ACCOUNTS - 1) + ") n",
                    "ANALYZE accounts");
            try (Statement statement = listener.createStatement()) {
                statement.execute("LISTEN handled");
            }
            Thread.ofPlatform().daemon().start(() -> listen(listener));
            try (ProxyProcess proxy = start(engine, postgres, server)) {
                awaitHandled(postgres);
                ScheduledFuture<?> change = changing.scheduleAtFixedRate(() -> change(changer), 0, 10,
                        TimeUnit.MILLISECONDS);
                long cpu = proxy.process().cpuMillis();
                long nanos = logInAtOnce(LOGINS / 2);
                // The connection that listens is lost, and notifications with it.
                postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE application_name = 'myproxy'");
                awaitHandled(postgres);
                nanos += logInAtOnce(LOGINS / 2);
                double seconds = nanos / 1e9;
                cpu = proxy.process().cpuMillis() - cpu;
                change.cancel(false);
                changing.shutdown();
                assertThat(changing.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
                awaitHandled(postgres);

                assertThat(failures).isEmpty();
                String[] versions = postgres.value("SELECT string_agg(version::text, ' ' ORDER BY n) FROM "
                        + "generate_series(0, " + (HOT - 1) + ") n JOIN accounts ON name = 'a' || n").split(" ", -1);
                for (int i = 0; i < HOT; i++) {
                    assertThat(login("a" + i)).as("a" + i).isEqualTo(Integer.parseInt(versions[i]));
                }
                assertThat(changedLogins).hasValueGreaterThan(0);
                proxy.process().signal("HUP");
                System.out.printf("%s: %d logins over %d accounts in %.1f s, %.0f per second, "
                        + "%.2f ms of processor time each; %d changes; %s%n", engine, LOGINS, ACCOUNTS, seconds,
                        LOGINS / seconds, (double) cpu / LOGINS, changes.get(),
                        proxy.awaitLine(line -> line.startsWith("accounts: ")));
                assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
            }
        } finally {
            over = true;
            changing.shutdownNow();
        }
    }

    /** How many nanoseconds it takes. */
    private long logInAtOnce(int logins) throws InterruptedException {
        long begin = System.nanoTime();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().daemon().start(() -> logIn(logins / CLIENTS)));
        }
        for (Thread client : clients) {
            client.join();
        }
        return System.nanoTime() - begin;
    }
}
