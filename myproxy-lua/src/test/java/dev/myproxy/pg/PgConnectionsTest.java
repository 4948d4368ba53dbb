package dev.myproxy.pg;

import static dev.myproxy.pg.TestDatabase.await;
import static dev.myproxy.pg.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that are lost, replaced, shared, cancelled on. */
class PgConnectionsTest {

    private static final String ACTIVE = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'myproxy test' "
            + "AND state = 'active' AND query LIKE '%pg_sleep%'";

    private final PostgresServer server = PostgresServer.shared(PostgresServer.Version.NEW);
    private final TestDatabase db = new TestDatabase(server);

    @AfterEach
    void close() {
        db.close();
    }

    private static String pid(TestDatabase database) throws PgFailure {
        return texts(database.execute("SELECT pg_backend_pid()")).getFirst().getFirst();
    }

    private void kill(String pid) {
        server.execute("SELECT pg_terminate_backend(" + pid + ")");
    }

    private double up() {
        return db.meters.get("myproxy.pg.up").gauge().value();
    }

    @Test
    void comesBackWhenKilledBetweenStatements() throws Exception {
        String first = pid(db);

        kill(first);

        await().until(() -> db.meters.get("myproxy.pg.connects").counter().count() == 2);
        assertThat(pid(db)).isNotEqualTo(first);
        assertThat(up()).isEqualTo(1);
    }

    @Test
    void failsWhatRunsAndWaitsWhenKilled() throws Exception {
        String first = pid(db);
        List<PgExecution> executions = new ArrayList<>();
        executions.add(db.start("SELECT pg_sleep(60)"));
        for (int i = 0; i < 100; i++) {
            executions.add(db.start("SELECT " + i));
        }
        await().until(() -> server.query(ACTIVE).equals("1"));

        kill(first);

        for (PgExecution execution : executions) {
            assertThatThrownBy(() -> await(execution))
                    .hasMessage("FATAL:  terminating connection due to administrator command\n");
        }
        assertThat(pid(db)).isNotEqualTo(first);
        assertThat(db.meters.get("myproxy.pg.waiting").gauge().value()).isZero();
    }

    @Test
    void servesAHundredAtOnceInOrder() throws Exception {
        List<PgExecution> executions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            executions.add(db.start("SELECT " + i + ", pg_backend_pid()"));
        }

        Set<String> pids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            List<String> row = texts(await(executions.get(i))).getFirst();
            assertThat(row.getFirst()).isEqualTo(Integer.toString(i));
            pids.add(row.get(1));
        }
        assertThat(pids).hasSize(1);
    }

    @Test
    void cancelsAtTheServer() throws Exception {
        PgExecution running = db.start("SELECT pg_sleep(60)");
        PgExecution queued = db.start("CREATE TABLE must_not_be (a int)");
        PgExecution next = db.start("SELECT 5");
        await().until(() -> server.query(ACTIVE).equals("1"));

        queued.cancel();
        running.cancel();

        assertThat(texts(await(next))).containsExactly(List.of("5"));
        assertThat(server.query(ACTIVE)).isEqualTo("0");
        assertThat(server.query("SELECT to_regclass('must_not_be') IS NULL")).isEqualTo("t");
        assertThat(running.result().isComplete()).isFalse();
    }

    @Test
    void neverCancelsTheNextStatement() throws Exception {
        for (int i = 0; i < 200; i++) {
            PgExecution short1 = db.start("SELECT 1");
            PgExecution next = db.start("SELECT 2");
            short1.cancel();

            assertThat(texts(await(next))).containsExactly(List.of("2"));
        }
    }

    @Test
    void leavesNoTransactionBehindWhenCancelled() throws Exception {
        PgExecution running = db.start("BEGIN; SELECT pg_sleep(60)");
        await().until(() -> server.query(ACTIVE).equals("1"));

        running.cancel();

        assertThat(texts(db.execute("SELECT now() = statement_timestamp()"))).containsExactly(List.of("t"));
    }

    @Test
    void survivesARestartOfTheServer() throws Exception {
        try (PostgresServer own = PostgresServer.start(PostgresServer.Version.NEW);
                TestDatabase other = new TestDatabase(own)) {
            pid(other);

            own.stop();
            assertThatThrownBy(() -> {
                for (int i = 0; i < 3; i++) {
                    other.execute("SELECT 1");
                }
            }).hasMessage("connection to server at \"127.0.0.1\", port " + own.port() + " failed: Connection refused");
            List<PgExecution> executions = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                executions.add(other.start("SELECT 1"));
            }
            for (PgExecution execution : executions) {
                assertThatThrownBy(() -> await(execution)).hasMessageContaining("Connection refused");
            }
            own.startAgain();

            assertThat(texts(other.execute("SELECT 5"))).containsExactly(List.of("5"));
        }
    }

    @Test
    void boundsThoseThatWait() {
        try (TestDatabase small = new TestDatabase(server, new PgLimits(1, 1000, 2), Optional.empty())) {
            List<PgExecution> executions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                executions.add(small.start("SELECT pg_sleep(0.1)"));
            }
            assertThatThrownBy(() -> await(executions.getLast()))
                    .hasMessage("too many queries wait for the database: 2");
        }
    }

    @Test
    void aPoolRunsSideBySide() throws Exception {
        try (TestDatabase pool = new TestDatabase(server, new PgLimits(3, 1000, 100), Optional.empty())) {
            List<PgExecution> executions = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                // each waits for the two others
                executions.add(pool.start("SELECT pg_advisory_lock_shared(77); "
                        + "DO $$BEGIN WHILE (SELECT count(*) FROM pg_locks WHERE objid = 77) < 3 "
                        + "LOOP PERFORM pg_sleep(0.01); END LOOP; END$$; SELECT pg_backend_pid()"));
            }
            Set<String> pids = new HashSet<>();
            for (PgExecution execution : executions) {
                pids.add(texts(await(execution)).getFirst().getFirst());
            }
            assertThat(pids).hasSize(3);

            // one that is lost does not concern the others
            PgExecution running = pool.start("SELECT pg_sleep(0.5), 7");
            await().until(() -> server.query(ACTIVE).equals("1"));
            String busy = server.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'myproxy test' "
                    + "AND state = 'active' AND query LIKE '%pg_sleep(0.5)%'");
            kill(pids.stream().filter(pid -> !pid.equals(busy)).findFirst().orElseThrow());
            await().until(() -> pool.meters.get("myproxy.pg.connects").counter().count() == 4);
            assertThat(texts(await(pool.start("SELECT 5")))).containsExactly(List.of("5"));
            assertThat(texts(await(running)).getFirst().get(1)).isEqualTo("7");
        }
    }

    /** Remembers notifications as texts. */
    private static final class Listener implements PgListener {
        final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @Override
        public void notified(ByteString payload) {
            seen.add(payload.utf8());
        }

        @Override
        public void missed() {
            seen.add("missed");
        }

        @Override
        public void refused(PgFailure failure) {
            seen.add(failure.text());
        }

        String next() throws InterruptedException {
            return String.valueOf(seen.poll(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void notifiesAndTellsOfGaps() throws Exception {
        String name = "My \"channel\" ä; x";
        Listener listener = new Listener();
        db.database.listen(name, listener);
        Listener other = new Listener();
        db.database.listen("other", other);
        String first = pid(db);

        server.execute("SELECT pg_notify('" + name + "', 'one'), pg_notify('third', ''), pg_notify('other', '')");
        assertThat(listener.next()).isEqualTo("one");
        assertThat(other.next()).isEmpty();

        kill(first);
        assertThat(listener.next()).isEqualTo("missed");
        assertThat(other.next()).isEqualTo("missed");
        server.execute("SELECT pg_notify('" + name + "', 'two')");
        assertThat(listener.next()).isEqualTo("two");
    }

    @Test
    void whoListensWhileTheServerIsDownIsToldWhenItIsThere() throws Exception {
        try (PostgresServer own = PostgresServer.start(PostgresServer.Version.NEW);
                TestDatabase down = new TestDatabase(own, new PgLimits(1, 1000, 100), Optional.empty())) {
            own.stop();
            Listener listener = new Listener();
            down.database.listen("late", listener);
            assertThatThrownBy(() -> down.execute("SELECT 1")).isInstanceOf(Exception.class);

            own.startAgain();

            assertThat(listener.next()).isEqualTo("missed");
        }
    }

    @Test
    void aPoolHasAConnectionOfItsOwnForNotifications() throws Exception {
        try (TestDatabase pool = new TestDatabase(server, new PgLimits(2, 1000, 100), Optional.empty())) {
            Listener listener = new Listener();
            pool.database.listen("pooled", listener);
            PgExecution running = pool.start("SELECT pg_sleep(0.3)");
            await().until(() -> {
                pool.execute("NOTIFY pooled, 'x'");
                return !listener.seen.isEmpty();
            });
            assertThat(listener.next()).as("statements may have run before").isEqualTo("missed");
            await().until(() -> {
                pool.execute("NOTIFY pooled, 'x'");
                return !listener.seen.isEmpty();
            });
            assertThat(listener.next()).isEqualTo("x");
            await(running);
            assertThat(pool.meters.get("myproxy.pg.connections").gauge().value()).isEqualTo(3);
        }
    }

    @Test
    void closingFailsWhatRunsAndWaits() throws Exception {
        PgExecution running = db.start("SELECT pg_sleep(60)");
        PgExecution queued = db.start("SELECT 1");
        await().until(() -> server.query(ACTIVE).equals("1"));

        db.database.close();

        for (PgExecution execution : List.of(running, queued, db.start("SELECT 1"))) {
            assertThatThrownBy(() -> await(execution)).hasMessage("database is closed");
        }
        await().until(() -> server.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                + "'myproxy test'").equals("0"));
        assertThat(up()).isZero();
    }
}
