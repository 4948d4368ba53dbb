package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command-line client and the dump program of MariaDB, where they are installed. Those that come with the embedded
 * server lack the plugin for clear passwords.
 */
@ParameterizedClass
@ValueSource(strings = {"luajit", "luaj"})
class MariaDbToolsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy;

    @TempDir
    private Path directory;

    MariaDbToolsIT(String engine) {
        proxy = SharedProxy.of(engine);
    }

    @BeforeAll
    static void fill() throws IOException {
        for (String program : List.of("mariadb", "mariadb-dump")) {
            assumeTrue(Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of)
                    .anyMatch(bin -> Files.isExecutable(bin.resolve(program))), program + " is not installed");
        }
        DB.createAccount("tools", "se cret", "tools");
        DB.execute("CREATE OR REPLACE TABLE tools.t (id INT PRIMARY KEY, v TEXT, b BLOB) CHARACTER SET utf8mb4",
                "SET NAMES utf8mb4",
                "INSERT INTO tools.t SELECT seq, CONCAT('v ', seq, ' ä€😀'), REPEAT(CHAR(seq % 256), 50) "
                        + "FROM tools.seq_1_to_2000");
    }

    /** What a program printed, and its exit code. */
    private record Run(int exitCode, String out) {}

    private Run tool(String program, Address address, String user, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program, "--no-defaults", "--skip-ssl", "--default-character-set=utf8mb4", "--user=" + user,
                        "--socket=" + ((Address.UnixPath) address).path()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "out", "");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }

    private Run client(String password, String sql, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--password=" + password, "--batch", "--execute=" + sql));
        all.addAll(List.of(arguments));
        return tool("mariadb", proxy.listener("main"), account("tools", DB.socket()), all.toArray(String[]::new));
    }

    @Test
    void theClientRunsStatements() throws IOException, InterruptedException {
        Run run = client("se cret", "SELECT 'ä€😀' AS a; use tools; SELECT COUNT(*) FROM t; \\s");
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).startsWith("a\nä€😀\nCOUNT(*)\n2000\n").contains("Uptime:");
    }

    @Test
    void theClientShowsErrorsOfTheServer() throws IOException, InterruptedException {
        assertThat(client("wrong", "SELECT 1").out()).contains("ERROR 1045 (28000)")
                .contains("Access denied for user 'tools'@'localhost' (using password: YES)");
        assertThat(client("se cret", "SELECT * FROM tools.nowhere").out()).contains("ERROR 1146 (42S02)");
        assertThat(client("se cret", "SELECT 1", "--database=none").out()).contains("ERROR 1044 (42000)");
    }

    @Test
    void theClientUploadsAFile() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("data"), "1\tone\n2\ttwo\n");
        Run run = client("se cret", "CREATE TEMPORARY TABLE up (id INT, v TEXT); LOAD DATA LOCAL INFILE '" + file
                + "' INTO TABLE up; SELECT v FROM up WHERE id = 2", "--local-infile=1", "--database=tools");
        assertThat(run.out()).isEqualTo("v\ntwo\n");
    }

    @Test
    void aDumpIsTheSameAsWithoutTheDaemon() throws IOException, InterruptedException {
        String[] options = {"--password=se cret", "--skip-comments", "--hex-blob", "tools"};
        Run direct = tool("mariadb-dump", DB.socket(), "tools", options);
        Run proxied = tool("mariadb-dump", proxy.listener("main"), account("tools", DB.socket()), options);
        assertThat(direct.exitCode()).as(direct.out()).isZero();
        assertThat(direct.out()).contains("v 1999 ä€😀");
        assertThat(proxied).isEqualTo(direct);
    }
}
