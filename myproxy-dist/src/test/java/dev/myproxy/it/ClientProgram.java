package dev.myproxy.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Programs and drivers of other makers, each of which runs a script of the tests ({@code clients/} among the resources):
 * logins, text and prepared statements, a result of several megabytes, errors, transactions. It prints what it sees.
 */
enum ClientProgram {

    /** The command-line client. */
    MARIADB("commands.sql", "Debian's package mariadb-client") {
        @Override
        boolean isInstalled() {
            return Programs.onPath("mariadb").isPresent();
        }

        @Override
        List<String> command(Path script, String socket, String user, boolean clear) {
            return List.of("mariadb", "--no-defaults", "--skip-ssl", "--default-character-set=utf8mb4", "--batch",
                    "--force", "--unbuffered", "--comments", "--socket=" + socket, "--user=" + user,
                    "--password=" + PASSWORD, DATABASE);
        }
    },

    /** PHP's PDO with mysqlnd. */
    PHP_PDO("pdo.php", "Debian's packages php-cli and php-mysql") {
        @Override
        boolean isInstalled() {
            return Programs.succeeds("php", "-r", "exit(in_array('mysql', PDO::getAvailableDrivers()) ? 0 : 1);");
        }

        @Override
        List<String> command(Path script, String socket, String user, boolean clear) {
            return List.of("php", script.toString(), socket, user, PASSWORD);
        }
    },

    /** Perl's DBI with DBD::mysql, which Debian builds with MariaDB's library. */
    PERL_DBD("dbd.pl", "Debian's package libdbd-mysql-perl") {
        @Override
        boolean isInstalled() {
            return Programs.succeeds("perl", "-MDBD::mysql", "-e", "1");
        }

        @Override
        List<String> command(Path script, String socket, String user, boolean clear) {
            return List.of("perl", script.toString(), socket, user, PASSWORD);
        }
    },

    /** Python's PyMySQL. */
    PYTHON_PYMYSQL("pymysql_client.py", "Debian's package python3-pymysql") {
        @Override
        boolean isInstalled() {
            return Programs.succeeds("/usr/bin/python3", "-c", "import pymysql");
        }

        @Override
        List<String> command(Path script, String socket, String user, boolean clear) {
            return List.of("/usr/bin/python3", script.toString(), socket, user, PASSWORD);
        }
    },

    /** Node's mysql2. */
    NODE_MYSQL2("mysql2.js", "node and mysql2, which .ci/mysql2 installs") {
        @Override
        boolean isInstalled() {
            return Programs.onPath("node").isPresent() && Files.exists(Programs.cached("mysql2", "complete"));
        }

        @Override
        List<String> command(Path script, String socket, String user, boolean clear) {
            return List.of("env", "NODE_PATH=" + Programs.cached("mysql2", "node_modules"), "node", script.toString(),
                    socket, user, PASSWORD, clear ? "clear" : "scrambled");
        }
    };

    static final String PASSWORD = "se cret";
    static final String DATABASE = "programs";

    private final String script;
    private final String source;

    ClientProgram(String script, String source) {
        this.script = script;
        this.source = source;
    }

    abstract boolean isInstalled();

    /** The command line; a script that is not an argument is the standard input. */
    abstract List<String> command(Path file, String socket, String user, boolean clear);

    /** Skips the test on machines without it. */
    void require() {
        assumeTrue(isInstalled(), () -> this + " is not installed (" + source + ")");
    }

    /**
     * Runs its script.
     *
     * @param directory for what it prints
     * @param socket    path of the Unix socket to connect to
     * @param clear     whether it has to send its password in clear text
     * @return what it printed
     */
    String run(Path directory, String socket, String user, boolean clear) throws IOException, InterruptedException {
        return Programs.run(directory, Programs.script(script), command(Programs.script(script), socket, user, clear));
    }

    /** Creates an account and puts what the scripts read into a database of its own. */
    static void prepare(TestedServer server, String user, String database) throws IOException {
        server.createAccount(user, PASSWORD, database);
        try (RawClient root = server.root()) {
            for (String sql : List.of("USE " + database, "DROP TABLE IF EXISTS numbers",
                    "CREATE TABLE numbers (n INT PRIMARY KEY)",
                    "INSERT INTO numbers WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 100) "
                            + "SELECT i FROM r",
                    "DROP PROCEDURE IF EXISTS two_results",
                    "CREATE PROCEDURE two_results() BEGIN SELECT 'one', 1; SELECT 'two'; END")) {
                root.query(sql).good();
            }
        }
    }
}
