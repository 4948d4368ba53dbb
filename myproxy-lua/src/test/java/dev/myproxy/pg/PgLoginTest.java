package dev.myproxy.pg;

import static dev.myproxy.pg.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connection strings ask for: sockets, passwords, TLS, several hosts, kinds of servers. */
class PgLoginTest {

    @TempDir
    private static Path directory;

    private static PostgresServer server;
    private static TestCertificate certificate;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.make(directory, "localhost");
        server = PostgresServer.withTls(certificate.chain(), certificate.key());
        server.execute("SET password_encryption = 'scram-sha-256'; CREATE ROLE scram LOGIN PASSWORD 'Sécret ''1'");
        server.execute("SET password_encryption = 'md5'; CREATE ROLE md5 LOGIN PASSWORD 'other'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String ask(String conninfo, String sql) throws PgFailure {
        try (TestDatabase db = new TestDatabase(conninfo, PgLimits.DEFAULT, Optional.empty())) {
            return texts(db.execute(sql)).getFirst().getFirst();
        }
    }

    private static String tcp(String more) {
        return "host=localhost port=" + server.port() + " dbname=postgres " + more;
    }

    @Test
    void unixSocket() throws Exception {
        String conninfo = "host=/tmp user=postgres dbname=postgres port=";
        assertThat(ask(conninfo + server.port(), "SELECT inet_client_addr() IS NULL")).isEqualTo("t");
        assertThatThrownBy(() -> ask(conninfo + "1", "SELECT 1")).isInstanceOf(PgFailure.class).hasMessage(
                "connection to server on socket \"/tmp/.s.PGSQL.1\" failed: No such file or directory");
    }

    @Test
    void passwords() throws Exception {
        String encrypted = " FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        assertThat(ask(tcp("user=scram password='Sécret \\'1'"), "SELECT current_user")).isEqualTo("scram");
        assertThat(ask(tcp("user=md5 password=other"), "SELECT current_user")).isEqualTo("md5");
        assertThat(ask(tcp("user=md5 password=other"), "SELECT ssl" + encrypted)).isEqualTo("t");
        assertThat(ask(tcp("user=md5 password=other sslmode=disable"), "SELECT ssl" + encrypted)).isEqualTo("f");
        assertThatThrownBy(() -> ask(tcp("user=scram password=wrong"), "SELECT 1"))
                .hasMessage("connection to server at \"localhost\", port " + server.port()
                        + " failed: FATAL:  password authentication failed for user \"scram\"")
                .message().doesNotContain("wrong");
        assertThatThrownBy(() -> ask(tcp("user=postgres password=x").replace("dbname=postgres", "dbname=none"),
                "SELECT 1")).hasMessageEndingWith("FATAL:  database \"none\" does not exist");
    }

    @Test
    void certificates() throws Exception {
        String root = " user=postgres sslrootcert=" + certificate.chain();
        assertThat(ask(tcp("sslmode=verify-full" + root), "SELECT 1")).isEqualTo("1");
        assertThat(ask(tcp("sslmode=verify-full hostaddr=127.0.0.1" + root), "SELECT 1")).isEqualTo("1");
        String address = tcp("sslmode=verify-full" + root).replace("host=localhost", "host=127.0.0.1");
        assertThatThrownBy(() -> ask(address, "SELECT 1")).isInstanceOf(PgFailure.class)
                .hasMessageStartingWith("connection to server at \"127.0.0.1\", port ");
        assertThat(ask(address.replace("verify-full", "verify-ca"), "SELECT 1")).isEqualTo("1");
        Path strange = TestCertificate.make(directory, "stranger").chain();
        assertThatThrownBy(() -> ask(tcp("user=postgres sslmode=verify-ca sslrootcert=" + strange), "SELECT 1"))
                .isInstanceOf(PgFailure.class);
        assertThatThrownBy(() -> ask(tcp("user=postgres sslmode=verify-full sslrootcert=system"), "SELECT 1"))
                .isInstanceOf(PgFailure.class);
    }

    @Test
    void cancelsOverTls() throws Exception {
        try (TestDatabase db = new TestDatabase(tcp("user=postgres sslmode=require"), PgLimits.DEFAULT,
                Optional.empty())) {
            PgExecution running = db.start("SELECT pg_sleep(60)");
            await().until(() -> server.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(60)' "
                    + "AND state = 'active'").equals("1"));

            running.cancel();

            assertThat(texts(db.execute("SELECT 5"))).containsExactly(List.of("5"));
        }
    }

    @Test
    void severalHosts() throws Exception {
        String port = Integer.toString(server.port());
        assertThat(ask("host=127.0.0.1,127.0.0.1 user=postgres port=1," + port, "SELECT 1")).isEqualTo("1");
        assertThatThrownBy(() -> ask("host=127.0.0.1,127.0.0.1 user=postgres port=1,2", "SELECT 1"))
                .hasMessage("""
                            connection to server at "127.0.0.1", port 1 failed: Connection refused
                            connection to server at "127.0.0.1", port 2 failed: Connection refused""");
    }

    @Test
    void kindsOfServers() throws Exception {
        assertThat(ask(tcp("user=postgres target_session_attrs=read-write"), "SELECT 1")).isEqualTo("1");
        assertThat(ask(tcp("user=postgres target_session_attrs=primary"), "SELECT 1")).isEqualTo("1");
        assertThat(ask(tcp("user=postgres target_session_attrs=prefer-standby"), "SELECT 1")).isEqualTo("1");
        assertThatThrownBy(() -> ask(tcp("user=postgres target_session_attrs=standby"), "SELECT 1"))
                .hasMessageEndingWith("failed: server is not in hot standby mode");
        assertThatThrownBy(() -> ask(tcp("user=postgres target_session_attrs=read-only"), "SELECT 1"))
                .hasMessageEndingWith("failed: session is not read-only");
        String readOnly = tcp("user=postgres options='-c default_transaction_read_only=on' target_session_attrs=");
        assertThat(ask(readOnly + "read-only", "SELECT 1")).isEqualTo("1");
        assertThatThrownBy(() -> ask(readOnly + "read-write", "SELECT 1"))
                .hasMessageEndingWith("failed: session is read-only");
    }

    @Test
    void parametersOfTheSession() throws Exception {
        assertThat(ask(tcp("user=postgres application_name='my app'"), "SHOW application_name")).isEqualTo("my app");
        assertThat(ask(tcp("user=postgres options='-c statement_timeout=5s'"), "SHOW statement_timeout"))
                .isEqualTo("5s");
        assertThat(ask(tcp("user=postgres"), "SHOW datestyle")).isEqualTo(server.query("SHOW datestyle"));
    }

    @Test
    void serversThatDoNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String conninfo = "host=127.0.0.1 user=u connect_timeout=2 port=" + silent.getLocalPort();
            assertThatThrownBy(() -> ask(conninfo, "SELECT 1"))
                    .hasMessage("connection to server at \"127.0.0.1\", port "
                            + silent.getLocalPort() + " failed: timeout expired");
        }
    }
}
