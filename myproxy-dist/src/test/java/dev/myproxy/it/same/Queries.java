package dev.myproxy.it.same;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements as text, by chance. */
final class Queries {

    /** Makes the table that a session may write to, and which is only its own. */
    static final String TABLE = "query CREATE TEMPORARY TABLE mine (a INT PRIMARY KEY AUTO_INCREMENT, b TEXT) ENGINE=InnoDB";

    private static final List<String> SELECTS = List.of("SELECT 1", "SELECT ''", "SELECT NULL", "SELECT '', NULL, ''",
            "SELECT * FROM empty", "SELECT id, v FROM t WHERE id <= 3", "SELECT * FROM types", "SELECT * FROM mine",
            "SELECT REPEAT('x', 251)", "SELECT x'fe', x'ff'", "SELECT REPEAT(x'fe', 300)", "SELECT @a, DATABASE()",
            "SELECT id FROM t WHERE id < 300", "SELECT REPEAT('y', 70000)", "SELECT COUNT(*), MAX(b) FROM mine",
            "SELECT @@autocommit, @@character_set_client", "SELECT LAST_INSERT_ID(), ROW_COUNT()");
    private static final List<String> OTHERS = List.of("DO 1", "SET @a = 1", "SET NAMES latin1", "SET NAMES utf8mb4",
            "INSERT INTO mine (b) VALUES ('x'), (NULL)", "INSERT INTO mine VALUES (3, 'three')",
            "UPDATE mine SET b = CONCAT(b, 'z')", "DELETE FROM mine WHERE a < 3", "REPLACE INTO mine VALUES (3, 'x')",
            "BEGIN", "COMMIT", "ROLLBACK", "SET autocommit = 0", "SET autocommit = 1", "START TRANSACTION READ ONLY",
            "SAVEPOINT a", "ROLLBACK TO a", "USE mysql", "USE same", "USE nowhere", "SET @b = NULL",
            "PREPARE x FROM 'SELECT ?'", "EXECUTE x USING @a", "DEALLOCATE PREPARE x", TABLE.substring(6),
            "DROP TEMPORARY TABLE IF EXISTS mine", "SHOW COLUMNS FROM t");
    private static final List<String> ERRORS = List.of("SELECT", "SELECT bad", "SELECT * FROM nowhere",
            "SELECT id, (SELECT 1 FROM t) FROM t", "INSERT INTO nowhere VALUES (1)", "", ";", "SELECT 1 1",
            "SELECT id, (SELECT d FROM digit WHERE d = 1 OR d = t.id - 5) FROM t WHERE id < 9");
    private static final List<String> CALLS = List.of("CALL three(@x)", "CALL nothing()", "CALL cursors(@n)",
            "CALL fails()", "CALL nowhere()");

    private final Random random;

    Queries(Random random) {
        this.random = random;
    }

    /** Any statement, or several. */
    String next() {
        return random.nextInt(6) == 0
                ? IntStream.rangeClosed(0, 1 + random.nextInt(4)).mapToObj(_ -> single())
                        .collect(Collectors.joining("; "))
                : single();
    }

    /** A statement that gives a result. */
    String select() {
        return pick(SELECTS);
    }

    private String single() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> select();
            case 4 -> pick(ERRORS);
            case 5 -> pick(CALLS);
            default -> pick(OTHERS);
        };
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A query that makes the server ask for a file, if there is such a table. */
    static String load(Random random) {
        return "query " + List.of("LOAD DATA LOCAL INFILE 'f' INTO TABLE mine",
                "LOAD DATA LOCAL INFILE 'f' REPLACE INTO TABLE mine", "LOAD DATA LOCAL INFILE 'f' INTO TABLE nowhere",
                "SELECT 1; LOAD DATA LOCAL INFILE 'f' IGNORE INTO TABLE mine; SELECT 2",
                "LOAD DATA LOCAL INFILE 'f' INTO TABLE mine; LOAD DATA LOCAL INFILE 'f' INTO TABLE mine")
                .get(random.nextInt(5));
    }
}
