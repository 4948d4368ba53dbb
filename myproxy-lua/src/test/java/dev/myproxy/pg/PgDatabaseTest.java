package dev.myproxy.pg;

import static dev.myproxy.pg.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes back of statements. */
@ParameterizedClass
@MethodSource("dev.myproxy.pg.PostgresServer#versions")
class PgDatabaseTest {

    private final PostgresServer server;
    private final TestDatabase db;

    PgDatabaseTest(PostgresServer.Version version) {
        server = PostgresServer.shared(version);
        db = new TestDatabase(server);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void givesRows() throws Exception {
        PgResult result = db.execute("SELECT 1 AS a, 'x' AS \"B c\", NULL AS d UNION ALL SELECT 2, '', 'ä'");

        assertThat(result.columns()).containsExactly(ByteString.of("a"), ByteString.of("B c"), ByteString.of("d"));
        assertThat(texts(result)).containsExactly(List.of("1", "x", "null"), List.of("2", "", "ä"));
        assertThat(result.affected()).hasValue(2);
    }

    @Test
    void givesTheLastOfSeveralResults() throws Exception {
        assertThat(texts(db.execute("SELECT 1; SELECT 2, 3"))).containsExactly(List.of("2", "3"));
        PgResult none = db.execute("SELECT 1; SET work_mem = '1MB'");
        assertThat(none.columns()).isEmpty();
        assertThat(none.rows()).isEmpty();
        assertThat(none.affected()).isEmpty();
        assertThat(db.execute("CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1), (2); UPDATE t SET a = 3")
                .affected()).hasValue(2);
        assertThat(db.execute("").columns()).isEmpty();
        assertThat(db.execute(" -- nothing").columns()).isEmpty();
        assertThatThrownBy(() -> db.execute("", "x")).hasMessage(
                "ERROR:  bind message supplies 1 parameters, but prepared statement \"\" requires 0\n");
        assertThat(TestDatabase.await(db.database.execute(
                new PgStatement("", Optional.of(new PgStatement.Parameters(List.of(), false))))).columns()).isEmpty();
    }

    @Test
    void takesParametersForWhatTheStatementNeeds() throws Exception {
        assertThat(texts(db.execute("SELECT $1::int + 1, $2::text || 'b', $3::int[], $4::bool, $5::date - 1", "42", "7",
                "{1,2}", "t", "2026-03-01"))).containsExactly(List.of("43", "7b", "{1,2}", "t", "2026-02-28"));
        assertThat(texts(db.execute("SELECT $1", "x"))).containsExactly(List.of("x"));
        PgStatement.Parameters parameters = new PgStatement.Parameters(List.of(Optional.empty(), Optional.of("1")),
                true);
        PgExecution padded = db.database.execute(new PgStatement(
                "SELECT $1::text IS NULL, $2::int IS NULL, $3::text IS NULL", Optional.of(parameters)));
        assertThat(texts(TestDatabase.await(padded))).containsExactly(List.of("t", "f", "t"));
    }

    @Test
    void wordsErrorsAsLibpqDoes() throws Exception {
        assertThatThrownBy(() -> db.execute("SELECT bogus")).isInstanceOfSatisfying(PgFailure.class, failure -> {
            assertThat(failure.text()).isEqualTo("""
                                                 ERROR:  column "bogus" does not exist
                                                 LINE 1: SELECT bogus
                                                                ^
                                                 """);
            assertThat(failure.sqlState()).contains("42703");
        });
        assertThatThrownBy(() -> db.execute("SELECT $1 + bogus", "1")).hasMessage("""
                                                                                  ERROR:  column "bogus" does not exist
                                                                                  LINE 1: SELECT $1 + bogus
                                                                                                      ^
                                                                                  """);
        assertThatThrownBy(() -> db.execute("SELECT 1; SELECT 1/0; SELECT 2")).hasMessage("ERROR:  division by zero\n");
        assertThatThrownBy(() -> db.execute("SELECT $1::int", "x")).hasMessageStartingWith(
                "ERROR:  invalid input syntax for type integer: \"x\"\n");
        assertThatThrownBy(() -> db.execute("DO $$BEGIN PERFORM 1/0; END$$")).hasMessageContaining("\nCONTEXT:  ");
        assertThatThrownBy(() -> db.execute("SELECT 1", "x")).hasMessage(
                "ERROR:  bind message supplies 1 parameters, but prepared statement \"\" requires 0\n");
        assertThatThrownBy(() -> db.execute("SELECT 1; SELECT 2", "x"))
                .hasMessage("ERROR:  cannot insert multiple commands into a prepared statement\n");
        assertThat(texts(db.execute("SELECT 5"))).containsExactly(List.of("5"));
    }

    @Test
    void retriesNothingWithTypesOfItsOwn() throws Exception {
        // given: codes at which the client would prepare the statement again
        db.execute("CREATE TEMP TABLE t (a int)");

        assertThatThrownBy(() -> db.execute("INSERT INTO t SELECT coalesce($1, 'x')", "1")).hasMessageContaining(
                "column \"a\" is of type integer but expression is of type text");
        assertThatThrownBy(() -> db.execute("PREPARE p AS SELECT $1; EXECUTE p", "1")).isInstanceOf(PgFailure.class);
        assertThat(texts(db.execute("SELECT 5", new String[0]))).containsExactly(List.of("5"));
    }

    @Test
    void survivesWhatTheClientDoesNotKnow() throws Exception {
        db.execute("CREATE TEMP TABLE t (a int)");

        assertThatThrownBy(() -> db.execute("COPY t FROM STDIN")).hasMessageContaining("scripts cannot send rows");
        assertThatThrownBy(() -> db.execute("COPY t FROM STDIN", "x")).isInstanceOf(PgFailure.class);
        assertThatThrownBy(() -> db.execute("COPY (SELECT 1) TO STDOUT")).hasMessageContaining("COPY TO STDOUT");
        db.execute("SET application_name = 'other'; SET client_min_messages = debug1");
        db.execute("DO $$BEGIN RAISE WARNING 'look'; END$$");
        // given: a setting that changes while nothing runs
        server.execute("ALTER SYSTEM SET intervalstyle = 'iso_8601'");
        server.execute("SELECT pg_reload_conf()");
        String pid = texts(db.execute("SELECT pg_backend_pid()")).getFirst().getFirst();
        org.awaitility.Awaitility.await().until(
                () -> texts(db.execute("SHOW intervalstyle")).getFirst().getFirst().equals("iso_8601"));
        server.execute("ALTER SYSTEM RESET intervalstyle");
        server.execute("SELECT pg_reload_conf()");

        assertThat(texts(db.execute("SELECT pg_backend_pid()"))).containsExactly(List.of(pid));
    }

    @Test
    void setsTheSchema() throws Exception {
        try (TestDatabase other = new TestDatabase(server, PgLimits.DEFAULT, Optional.of("o'd\\d \"x"))) {
            assertThat(texts(other.execute("SHOW search_path"))).containsExactly(List.of("\"o'd\\d \"\"x\""));
        }
    }

    @Test
    void boundsResults() throws Exception {
        PgLimits small = new PgLimits(1, 10_000, 10);
        try (TestDatabase other = new TestDatabase(server, small, Optional.empty())) {
            assertThatThrownBy(() -> other.execute("SELECT repeat('x', 100) FROM generate_series(1, 10000000)"))
                    .hasMessage("result is larger than 10000 bytes");
            assertThatThrownBy(() -> other.execute("SELECT repeat('x', 50000000)"))
                    .hasMessage("result is larger than 10000 bytes");
            assertThat(texts(other.execute("SELECT 5"))).containsExactly(List.of("5"));
        }
    }

    @Test
    void givesBytesThatAreNoTextInOurEncoding() throws Exception {
        db.execute("SET client_encoding = 'LATIN1'");

        PgResult result = db.execute("SELECT 'x' || chr(228)");

        assertThat(result.rows().getFirst().values().getFirst()).contains(
                ByteString.copyOf(new byte[]{'x', (byte) 0xe4}));
    }
}
