package dev.myproxy.bench.server;

import dev.myproxy.bench.load.Endpoint;
import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.SqlSession;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** The table that is selected from: as sysbench makes its own, so that sysbench can use it, too. */
public final class Points {

    /** How many rows it has, with keys from 1 to this. */
    public static final int ROWS = 10_000;

    /** A select of one row, up to the key. */
    public static final String SELECT = "SELECT c FROM sbtest1 WHERE id=";

    private static final int ROWS_AT_A_TIME = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Points() {}

    /** Makes the table anew, in the endpoint's default database. */
    public static void create(Generator generator, Endpoint endpoint) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(ROWS);
        try (SqlSession session = generator.open(endpoint)) {
            session.execute(LIMIT, "DROP TABLE IF EXISTS sbtest1",
                    "CREATE TABLE sbtest1 (id INTEGER NOT NULL AUTO_INCREMENT, k INTEGER DEFAULT '0' NOT NULL, "
                            + "c CHAR(120) DEFAULT '' NOT NULL, pad CHAR(60) DEFAULT '' NOT NULL, PRIMARY KEY (id), "
                            + "KEY k_1 (k)) ENGINE=InnoDB",
                    "CREATE TABLE IF NOT EXISTS bench_upload (line VARCHAR(200))");
            for (int first = 1; first <= ROWS; first += ROWS_AT_A_TIME) {
                StringBuilder insert = new StringBuilder("INSERT INTO sbtest1 VALUES ");
                for (int id = first; id < first + ROWS_AT_A_TIME; id++) {
                    insert.append(id == first ? "(" : ",(").append(id).append(',').append(1 + random.nextInt(ROWS))
                            .append(",'").append(digits(random, 10)).append("','").append(digits(random, 5))
                            .append("')");
                }
                session.execute(LIMIT, insert.toString());
            }
        }
    }

    /** Removes what {@link #create} made. */
    public static void drop(Generator generator, Endpoint endpoint) throws IOException, InterruptedException {
        try (SqlSession session = generator.open(endpoint)) {
            session.execute(LIMIT, "DROP TABLE IF EXISTS sbtest1", "DROP TABLE IF EXISTS bench_upload");
        }
    }

    /** Groups of eleven digits. */
    private static String digits(SplittableRandom random, int groups) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups; i++) {
            text.append(i == 0 ? "" : "-").append(random.nextLong(10_000_000_000L, 100_000_000_000L));
        }
        return text.toString();
    }

    /**
     * A statement whose result has so many megabytes, in rows of 1,000 bytes; of tables of {@link #create} alone, so
     * that every server has it.
     */
    public static String smallRows(int megabytes) {
        return rows(1000, 1000, megabytes);
    }

    /** The same in rows of 1,000,000 bytes. */
    public static String largeRows(int megabytes) {
        return rows(1_000_000, 1, megabytes);
    }

    private static String rows(int bytes, int perMegabyte, int megabytes) {
        return "SELECT REPEAT('x', " + bytes + ") FROM (SELECT id FROM sbtest1 LIMIT " + perMegabyte
                + ") a, (SELECT id FROM sbtest1 LIMIT " + megabytes + ") b";
    }

    /**
     * A statement that asks for a file and keeps nothing of it.
     *
     * @param lines of the file; the server would look for more long after its end
     */
    public static String upload(long lines) {
        return "LOAD DATA LOCAL INFILE 'lines' INTO TABLE bench_upload IGNORE " + lines + " LINES";
    }
}
