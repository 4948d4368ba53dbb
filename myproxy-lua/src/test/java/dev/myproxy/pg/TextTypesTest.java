package dev.myproxy.pg;

import static dev.myproxy.pg.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values of every type come as the text that the type's own output function makes, which is what psql prints, with and
 * without parameters; and that text is taken as a parameter.
 */
@ParameterizedClass
@MethodSource("dev.myproxy.pg.PostgresServer#versions")
class TextTypesTest {

    /** A line for each value: type, bar, the value as PostgreSQL prints it, with \\040 and \\012 in octal. */
    private static final Path VALUES = Path.of("src/test/resources/dev/myproxy/pg/values.txt");

    /** Types of the system's own tables whose values nobody can make. */
    private static final Set<String> INTERNAL = Set.of("pg_node_tree", "pg_ndistinct", "pg_dependencies",
            "pg_mcv_list", "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary", "gtsvector");

    private record Value(String type, String text) {}

    private final PostgresServer server;
    private final TestDatabase db;

    TextTypesTest(PostgresServer.Version version) {
        server = PostgresServer.shared(version);
        db = new TestDatabase(server);
    }

    @BeforeEach
    void makeTypes() throws Exception {
        db.execute("""
                   DROP SCHEMA IF EXISTS types CASCADE;
                   CREATE SCHEMA types;
                   SET search_path = types, pg_catalog, public;
                   SET timezone = 'Europe/Berlin';
                   CREATE TYPE mood AS ENUM ('ok', 'sad "day"');
                   CREATE TYPE pair AS (a int, b text, c date);
                   CREATE DOMAIN positive AS int CHECK (VALUE > 0);
                   CREATE TYPE moodrange AS RANGE (subtype = mood);
                   """);
        for (String extension : extensions()) {
            db.execute("CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA public");
        }
    }

    private List<String> extensions() throws PgFailure {
        return texts(db.execute("SELECT name FROM pg_available_extensions "
                + "WHERE name IN ('hstore', 'citext', 'ltree', 'cube', 'seg', 'isn')")).stream().map(List::getFirst)
                .toList();
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** The values of the types that this server has. */
    private List<Value> values() throws Exception {
        List<Value> values = new ArrayList<>();
        for (String line : Files.readAllLines(VALUES)) {
            int bar = line.indexOf('|');
            String type = line.substring(0, bar);
            if (!texts(db.execute("SELECT to_regtype($1)", type)).getFirst().getFirst().equals("null")) {
                values.add(new Value(type, line.substring(bar + 1).replace("\\040", " ").replace("\\012", "\n")));
            }
        }
        return values;
    }

    @Test
    void simpleProtocol() throws Exception {
        List<Value> values = values();
        List<String> wrong = new ArrayList<>();
        for (Value value : values) {
            String sql = "SELECT v, format('%s', v) FROM (SELECT " + PgText.literal(value.text) + "::" + value.type
                    + " AS v) AS x";
            compare(value, texts(db.execute(sql)).getFirst(), wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(values).hasSizeGreaterThan(90);
    }

    @Test
    void extendedProtocol() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Value value : values()) {
            String sql = "SELECT v, format('%s', v) FROM (SELECT $1::" + value.type + " AS v) AS x";
            compare(value, texts(db.execute(sql, value.text)).getFirst(), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(Value value, List<String> row, List<String> wrong) {
        if (!row.get(0).equals(row.get(1)) || !row.get(0).equals(value.text)) {
            wrong.add(value + ": " + row);
        }
    }

    @Test
    void allInOneRow() throws Exception {
        List<Value> values = values();
        db.execute("CREATE TABLE everything (" + values.stream().map(v -> "c" + values.indexOf(v) + " " + v.type)
                .collect(Collectors.joining(", ")) + ")");
        String marks = values.stream().map(v -> "$" + (values.indexOf(v) + 1)).collect(Collectors.joining(", "));
        String[] parameters = values.stream().map(Value::text).toArray(String[]::new);

        assertThat(db.execute("INSERT INTO everything VALUES (" + marks + ")", parameters).affected()).hasValue(1);

        assertThat(texts(db.execute("TABLE everything"))).containsExactly(List.of(parameters));
        assertThat(texts(db.execute("SELECT * FROM everything WHERE $1 = 'x'", "x")))
                .containsExactly(List.of(parameters));
    }

    @Test
    void noBuiltInTypeIsForgotten() throws Exception {
        Set<String> builtIn = texts(
                db.execute("""
                           SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace
                           AND typtype IN ('b', 'r', 'm') AND typcategory <> 'A'
                           AND oid <> 'aclitem'::regtype
                           """))
                .stream().map(List::getFirst).collect(Collectors.toCollection(TreeSet::new));
        builtIn.removeAll(INTERNAL);
        List<Value> values = values();
        Set<String> covered = new TreeSet<>();
        for (Value value : values) {
            covered.add(texts(db.execute("SELECT typname FROM pg_type WHERE oid = '" + value.type + "'::regtype"))
                    .getFirst().getFirst());
        }

        assertThat(covered).containsAll(builtIn);
    }

    @Test
    void formatsAreThoseOfTheSession() throws Exception {
        db.execute("SET datestyle = 'SQL, DMY'; SET intervalstyle = 'iso_8601'; SET bytea_output = 'escape'; "
                + "SET timezone = 'Asia/Kolkata'");

        assertThat(
                texts(db.execute("SELECT '2026-07-01 12:00:00+02'::timestamptz, '1 day'::interval, '\\x6162ff'::bytea,"
                        + " '2026-07-01'::date")))
                .containsExactly(
                        List.of("01/07/2026 15:30:00 IST", "P1D", "ab\\377", "01/07/2026"));
    }
}
