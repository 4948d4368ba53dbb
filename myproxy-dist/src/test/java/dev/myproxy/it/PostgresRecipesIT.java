package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes that need PostgreSQL, with a real one and a real MariaDB. */
@OwnServers
class PostgresRecipesIT {

    private static final Path RECIPES = Path.of(System.getProperty("basedir", "."), "..", "conf", "recipes");

    /** As MySQL has it: {@code HEX(authentication_string)}. */
    private static final String SHA2_OF_SECRET = "244124303041245144533B382D4E5D2B7E737029016C7806432C0C6B"
            + "44356D445539636D7673616B50627065563379734D534A47764F2E7454526247384841376D4E59337934";

    @TempDir
    private Path directory;

    private final EmbeddedMariaDb maria = EmbeddedMariaDb.shared();
    private EmbeddedPostgreSql postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgreSql.start(EmbeddedPostgreSql.Version.NEWEST);
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    private void tables(String recipe) throws IOException, SQLException {
        postgres.execute(Files.readString(RECIPES.resolve(recipe + ".sql")));
    }

    /** A recipe at work, its listener and servers replaced by those of this test. */
    private ProxyProcess run(String recipe, String before) throws IOException {
        String configuration = Files.readString(RECIPES.resolve(recipe + ".lua"))
                .replace("/run/myproxy/socket", directory.resolve("s").toString())
                .replace("10.0.0.1:3306", maria.socket().toString());
        return ProxyProcess.startWith("MYPROXY_DATABASE", postgres.conninfo(), directory, before + configuration);
    }

    private Packet tryLogin(String user, String password) throws IOException {
        try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
            return client.limit(Duration.ofSeconds(30)).tryLogin(Login.clear(user, password));
        }
    }

    /** As whom MariaDB sees a user. */
    private String accountOf(String user, String password) throws IOException {
        try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("s")))) {
            client.limit(Duration.ofSeconds(30)).login(Login.clear(user, password));
            return client.query("SELECT CURRENT_USER()").value();
        }
    }

    private static void healthy(ProxyProcess proxy) {
        assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
    }

    @Test
    void accountsFromPostgresAreCachedAndKeptFresh() throws Exception {
        maria.createAccount("recipe_one", "secret1", "recipe");
        maria.createAccount("recipe_two", "secret2", "recipe");
        tables("postgres-accounts");
        String insert = "INSERT INTO accounts VALUES ('%s', 'right', '" + maria.socket()
                + "', 'recipe_one', 'secret1')";
        postgres.execute(insert.formatted("joe"), insert.formatted("ann"));
        try (ProxyProcess proxy = run("postgres-accounts", "")) {
            assertThat(accountOf("joe", "right")).isEqualTo("recipe_one@%");
            assertThat(tryLogin("joe", "wrong").err().code()).isEqualTo(1045);
            assertThat(tryLogin("nobody", "right").err().code()).isEqualTo(1045);

            postgres.execute("UPDATE accounts SET server_user = 'recipe_two', server_password = 'secret2' "
                    + "WHERE name = 'joe'");
            Awaitility.await().until(() -> accountOf("joe", "right").equals("recipe_two@%"));

            postgres.execute(insert.formatted("nobody"));
            Awaitility.await().until(() -> tryLogin("nobody", "right").isOk());

            postgres.stop();
            assertThat(accountOf("joe", "right")).isEqualTo("recipe_two@%");
            assertThat(tryLogin("ann", "right").err().message()).contains("not available");

            postgres.startAgain();
            postgres.execute("UPDATE accounts SET enabled = false WHERE name = 'joe'");
            Awaitility.await().atMost(Duration.ofSeconds(30))
                    .until(() -> tryLogin("joe", "right").isErr() && tryLogin("ann", "right").isOk());
            healthy(proxy);
        }
    }

    @Test
    void sealedPasswordsAreOpened() throws Exception {
        maria.createAccount("recipe_sealed", "geheim", "recipe");
        tables("sealed-passwords");
        Path key = Files.writeString(directory.resolve("key"),
                HexFormat.of().formatHex(new byte[32]).replace("00", "5a"));
        String seal = """
                      local key = sodium.hex2bin(('5a'):rep(32))
                      assert(pg:new(env.MYPROXY_DATABASE):execute(
                          "INSERT INTO sealed_accounts VALUES ('joe', $1, '%s', 'recipe_sealed', decode($2, 'hex'))",
                          {sodium.crypto_pwhash_str('right'),
                           sodium.bin2hex(sodium.crypto_box_seal('geheim', sodium.crypto_scalarmult_base(key)))}))
                      """.formatted(maria.socket());
        String recipe = "local env = setmetatable({MYPROXY_SECRET_KEY_FILE = '" + key + "'}, {__index = env})\n";
        try (ProxyProcess proxy = run("sealed-passwords", recipe + seal)) {
            assertThat(accountOf("joe", "right")).isEqualTo("recipe_sealed@%");
            assertThat(accountOf("joe", "right")).isEqualTo("recipe_sealed@%");
            assertThat(tryLogin("joe", "wrong").err().code()).isEqualTo(1045);
            assertThat(tryLogin("ann", "right").err().code()).isEqualTo(1045);
            healthy(proxy);
        }
    }

    /** By MariaDB's client, and by MySQL's where it is installed. */
    @Test
    void passwordsAreProvedByStoredHashes() throws Exception {
        maria.createAccount("proves_native", "secret", "recipe");
        maria.createAccount("proves_sha2", "secret", "recipe");
        tables("stored-hashes");
        String insert = "INSERT INTO password_hashes VALUES ('%s', decode('%s', 'hex'), '" + maria.socket() + "')";
        postgres.execute(insert.formatted("proves_native", HexFormat.of().formatHex(
                Scrambles.nativeHash("secret".getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8))),
                insert.formatted("proves_sha2", SHA2_OF_SECRET));
        List<List<String>> programs = Stream.concat(Stream.of(ClientRun.mariaDb()), ClientRun.mySql().stream())
                .toList();
        try (ProxyProcess proxy = run("stored-hashes", "")) {
            for (List<String> program : programs) {
                for (String user : List.of("proves_native", "proves_sha2")) {
                    assertThat(login(program, user, "secret").out()).endsWith(user + "@%\n");
                }
            }
            assertThat(login(programs.getFirst(), "proves_native", "other").out()).contains("ERROR 1045 (28000)");
            assertThat(login(programs.getFirst(), "proves_sha2", "other").out()).contains("ERROR 1045 (28000)");
            assertThat(login(programs.getFirst(), "nobody", "secret").out())
                    .contains("ERROR 1045 (28000)", "Access denied for user nobody");

            postgres.stop();
            assertThat(login(programs.getFirst(), "proves_native", "secret").exitCode()).isZero();
            assertThat(login(programs.getFirst(), "somebody", "secret").out())
                    .contains("The account database is not available; try again later");
            healthy(proxy);
        }
    }

    private ClientRun login(List<String> program, String user, String password)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--socket=" + directory.resolve("s"), "--user=" + user, "--password=" + password,
                "--execute=SELECT CURRENT_USER()"));
        return ClientRun.of(directory, command);
    }

    @Test
    void maintenanceBeginsAndEndsWithARow() throws Exception {
        maria.execute("CREATE OR REPLACE USER joe@'%'", "CREATE OR REPLACE USER maintenance@'%'");
        tables("maintenance-mode");
        try (ProxyProcess proxy = run("maintenance-mode", "")) {
            assertThat(accountOf("joe", "")).isEqualTo("joe@%");

            postgres.execute("INSERT INTO maintenance VALUES ('" + maria.socket() + "', 'Back at 14:00')");
            Awaitility.await().until(() -> tryLogin("joe", "").isErr());
            assertThat(tryLogin("joe", "").err().message()).contains("Back at 14:00");
            assertThat(accountOf("maintenance", "")).isEqualTo("maintenance@%");

            postgres.execute("DELETE FROM maintenance");
            Awaitility.await().until(() -> tryLogin("joe", "").isOk());
            healthy(proxy);
        }
    }

    @Test
    void maintenanceIsSeenThoughTheDatabaseCameLate() throws Exception {
        maria.execute("CREATE OR REPLACE USER joe@'%'");
        tables("maintenance-mode");
        postgres.execute("INSERT INTO maintenance VALUES ('" + maria.socket() + "', 'Back at 14:00')");
        postgres.stop();
        try (ProxyProcess proxy = run("maintenance-mode", "")) {
            assertThat(tryLogin("joe", "").isOk()).isTrue();
            postgres.startAgain();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tryLogin("joe", "").isErr());
            healthy(proxy);
        }
    }

    @Test
    void sessionsLeaveRows() throws Exception {
        maria.execute("CREATE OR REPLACE USER joe@'%'");
        tables("session-audit");
        try (ProxyProcess proxy = run("session-audit", "")) {
            assertThat(accountOf("joe", "")).isEqualTo("joe@%");
            Awaitility.await().until(() -> postgres.value("SELECT count(*) FROM sessions").equals("1"));
            assertThat(postgres.value("SELECT account || ' ' || queries || ' ' || server FROM sessions"))
                    .isEqualTo("joe 1 " + maria.socket());
            postgres.stop();
            for (int i = 0; i < 3; i++) {
                assertThat(accountOf("joe", "")).isEqualTo("joe@%");
            }
            postgres.startAgain();
            Awaitility.await().atMost(Duration.ofSeconds(30))
                    .until(() -> postgres.value("SELECT count(*) FROM sessions").equals("4"));
            healthy(proxy);
        }
    }
}
