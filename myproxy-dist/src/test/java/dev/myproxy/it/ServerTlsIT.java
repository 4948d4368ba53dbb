package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.tls.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS with a real MariaDB, of sessions and of health checks: what has to be proved, and what clients, log and metrics say if it
 * is not.
 */
@OwnServers
class ServerTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FAILED = "TLS with the server failed: ";
    private static final TestPki STRANGERS = TestPki.create();

    @TempDir
    private static Path directory;

    private static TlsMariaDb server;
    private static EmbeddedMariaDb plain;
    private static FakeServer old;
    private static ProxyProcess proxy;
    private static int metrics;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = TlsMariaDb.start();
        plain = EmbeddedMariaDb.shared();
        // What a server says that speaks TLSv1.1 at most: alert 70 (protocol_version).
        old = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet(c.greeting().with(Flags.SSL));
            c.read();
            c.raw(new byte[]{0x15, 3, 1, 0, 2, 2, 70});
            c.stall();
        });
        server.db().execute("CREATE USER joe IDENTIFIED BY 'geheim'",
                "CREATE USER needs IDENTIFIED BY 'geheim' REQUIRE SSL",
                "CREATE USER shows IDENTIFIED BY 'geheim' REQUIRE X509",
                "CREATE USER proves IDENTIFIED BY 'geheim' REQUIRE SUBJECT '/CN=proxy'",
                "CREATE USER monitor IDENTIFIED BY 'geheim' REQUIRE SUBJECT '/CN=proxy'");
        server.pki().issue("proxy").write(directory, "proxy");
        server.pki().issue("somebody").write(directory, "somebody");
        STRANGERS.issue("proxy").write(directory, "unknown");
        metrics = Endpoints.freePort();
        proxy = ProxyProcess.startWith("MYPROXY_JAVA_OPTS", "-Dmyproxy.certificates.millis=200", directory,
                configuration());
    }

    private static String configuration() {
        return """
               local SERVER, PLAIN, OLD, CA = '%s', '%s', '%s', '%s'
               local function shows(name) name = '%s/' .. name return {ca = CA, certificate = name .. '.crt', key = name .. '.key'} end
               local ways = {
                   default = {server = SERVER, tls = true},
                   full = {server = SERVER, tls = {ca = CA}},
                   database = {server = SERVER, tls = {ca = CA}, database = 'test1'},
                   nodatabase = {server = SERVER, tls = {ca = CA}},
                   named = {server = SERVER, tls = {ca = CA, verify = 'full', server_name = 'db1.example.org'}},
                   misnamed = {server = SERVER, tls = {ca = CA, server_name = 'db2.example.org'}},
                   ca = {server = SERVER, tls = {ca = CA, verify = 'ca'}},
                   none = {server = SERVER, tls = {verify = 'none'}},
                   proxy = {server = SERVER, tls = shows('proxy')},
                   somebody = {server = SERVER, tls = shows('somebody')},
                   unknown = {server = SERVER, tls = shows('unknown')},
                   without = {server = SERVER},
                   plain = {server = PLAIN, tls = {verify = 'none'}},
                   old = {server = OLD, tls = {verify = 'none'}},
                   cluster = {},
                   cluster_misnamed = {tls = {ca = CA, server_name = 'db2.example.org'}},
               }
               local watched = mysql_cluster({SERVER}, {
                   monitoring = true, user = 'monitor', password = 'geheim', interval = 0.2,
                   tls = {ca = CA, server_name = 'db1.example.org', certificate = 'proxy.crt', key = 'proxy.key'},
               })
               mysql_listen('%s', {on_handshake_response = function(client, login)
                   local account, name = login.user:match('^(%%w+) ([%%w_]+)$')
                   client.account = account
                   if account == 'node' then
                       return client:err(watched:nodes()[1].state .. ': ' .. watched:nodes()[1].reason)
                   end
                   local way = ways[name]
                   return client:connect(way.server or watched, {user = account, password = login.password,
                       database = way.database}, {tls = way.tls})
               end})
               prometheus_listen('127.0.0.1:%d')
               """
                .formatted(server.tcp(), plain.tcp(), old.address(), server.authority(), directory,
                        directory.resolve("door"), metrics);
    }

    @AfterAll
    static void stop() throws IOException {
        try (TlsMariaDb _ = server; FakeServer _ = old; ProxyProcess stopped = proxy) {
            assertThat(stopped.log()).noneMatch(line -> line.contains("Exception"));
        }
    }

    @AfterEach
    void showOwnCertificate() throws IOException {
        server.showOwn();
    }

    private static RawClient connect() throws IOException {
        return RawClient.connect(Endpoints.unix(directory.resolve("door"))).limit(PATIENCE);
    }

    /** The cipher that the session is encrypted with at the server; empty if it is not. */
    private static String cipher(String account, String way) throws IOException {
        try (RawClient client = connect().login(Login.clear(account + " " + way, "geheim"))) {
            return client.query("SHOW STATUS LIKE 'Ssl_cipher'").textRows().getFirst().get(1);
        }
    }

    private static Packet refused(String account, String way) throws IOException {
        try (RawClient client = connect()) {
            Packet answer = client.tryLogin(Login.clear(account + " " + way, "geheim"));
            assertThat(answer.isErr()).as("%s %s: %s", account, way, answer).isTrue();
            client.expectEnd();
            return answer;
        }
    }

    /** What a client is told that the server did not convince. */
    private static String failure(String way) throws IOException {
        Packet answer = refused("joe", way);
        assertThat(answer.err().code()).isEqualTo(1043);
        assertThat(answer.err().message()).startsWith(FAILED);
        return answer.err().message().substring(FAILED.length());
    }

    private static String node() throws IOException {
        return refused("node", "x").err().message();
    }

    private static void await(String nodeState) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(node()).startsWith(nodeState));
    }

    @Test
    void aServerThatProvesWhatItHasTo() throws IOException {
        for (String way : new String[]{"full", "named", "ca", "none", "proxy", "cluster"}) {
            assertThat(cipher("joe", way)).as(way).startsWith("TLS");
            assertThat(cipher("needs", way)).as(way).startsWith("TLS");
        }
        assertThat(cipher("joe", "without")).isEmpty();
        assertThat(refused("needs", "without").err().code()).isEqualTo(1045);
    }

    /** Flags are sent twice, and must say the same: a database that only the script, or only the client, has named. */
    @Test
    void theDatabaseIsWhatItIsWithoutTls() throws IOException {
        Login plain = Login.clear("joe database", "geheim");
        Login named = plain.withDatabase("test1");
        server.db().execute("CREATE DATABASE IF NOT EXISTS test1", "GRANT ALL ON test1.* TO joe");
        assertThat(database(plain)).isEqualTo("test1");
        assertThat(database(Login.clear("joe nodatabase", "geheim").withDatabase("test1"))).isEqualTo("NULL");
        assertThat(database(named)).isEqualTo("test1");
    }

    private static String database(Login login) throws IOException {
        try (RawClient client = connect().login(login)) {
            return client.query("SELECT COALESCE(DATABASE(), 'NULL')").value();
        }
    }

    @Test
    void accountsThatNeedACertificate() throws IOException {
        assertThat(cipher("shows", "proxy")).startsWith("TLS");
        assertThat(cipher("shows", "somebody")).startsWith("TLS");
        assertThat(cipher("proves", "proxy")).startsWith("TLS");
        assertThat(cipher("proves", "cluster")).startsWith("TLS");

        assertThat(refused("proves", "somebody").err().message()).contains("Access denied for user 'proves'");
        assertThat(refused("shows", "full").err().message()).contains("Access denied for user 'shows'");
        assertThat(failure("unknown")).isEqualTo("the other side refused with the alert bad certificate");
    }

    @Test
    void whatTheServerDoesNotProve() throws IOException {
        assertThat(failure("default"))
                .startsWith("its certificate, issued by CN=authority of a test, is not trusted: ");
        assertThat(failure("misnamed")).isEqualTo("its certificate, of CN=db1.example.org, is not for the name "
                + "db2.example.org");

        server.show(STRANGERS.issue(TlsMariaDb.NAME, TlsMariaDb.NAME, "127.0.0.1"));
        for (String way : new String[]{"full", "named", "ca"}) {
            assertThat(failure(way)).startsWith("its certificate, issued by CN=authority of a test, is not trusted: ");
        }
        server.show(server.pki().expired(TlsMariaDb.NAME, TlsMariaDb.NAME, "127.0.0.1"));
        for (String way : new String[]{"full", "named", "ca"}) {
            assertThat(failure(way)).startsWith("its certificate has expired on 20");
        }
        server.show(server.pki().notYetValid(TlsMariaDb.NAME, TlsMariaDb.NAME, "127.0.0.1"));
        for (String way : new String[]{"full", "named", "ca"}) {
            assertThat(failure(way)).startsWith("its certificate is not valid before 20");
        }
        server.show(server.pki().issue("nobody in particular"));
        assertThat(failure("full")).isEqualTo("its certificate, of CN=nobody in particular, is not for the name "
                + "127.0.0.1");
        assertThat(cipher("joe", "ca")).startsWith("TLS");
        assertThat(cipher("joe", "none")).startsWith("TLS");
    }

    @Test
    void serversThatCanNotSpeakIt() throws IOException {
        assertThat(failure("plain")).isEqualTo("it offers none");
        assertThat(failure("old"))
                .isEqualTo("there is no version of TLS that both sides know (TLSV1_ALERT_PROTOCOL_VERSION)");
    }

    /** A session's own mistake says nothing about the node; what the checks find does. */
    @Test
    void nodesOfAClusterThatProveNothing() throws IOException {
        await("alive");
        assertThat(failure("cluster_misnamed")).contains("is not for the name db2.example.org");
        assertThat(cipher("joe", "cluster")).startsWith("TLS");
        assertThat(node()).startsWith("alive");

        server.show(server.pki().expired(TlsMariaDb.NAME, TlsMariaDb.NAME));
        await("dead: " + FAILED + "its certificate has expired on ");
        assertThat(failure("cluster")).startsWith("its certificate has expired on ");
        proxy.awaitLine(line -> line.contains("its certificate has expired on ") && line.contains("(alive -> dead)"));

        server.showOwn();
        await("alive");
        assertThat(cipher("joe", "cluster")).startsWith("TLS");
    }

    /** Nothing is loaded again: sessions and checks show the certificate that is in the files now. */
    @Test
    void theCertificateThatAClusterIsShownIsRenewed() throws IOException {
        await("alive");
        server.pki().issue("somebody").write(directory, "proxy");
        await("auth_failed");
        assertThat(refused("proves", "cluster").err().message()).contains("Access denied for user 'proves'");

        TestPki.Issued renewed = server.pki().issue("proxy");
        renewed.write(directory, "proxy");
        await("alive");
        assertThat(cipher("proves", "cluster")).startsWith("TLS");

        Files.writeString(directory.resolve("proxy.key"), "no key");
        proxy.awaitLine(line -> line.contains("TLS with servers: what was read before stays in use: "
                + "There is no private key in PEM form in " + directory.resolve("proxy.key")));
        assertThat(cipher("proves", "cluster")).startsWith("TLS");
        renewed.write(directory, "proxy");
    }

    @Test
    void failuresAreCounted() throws Exception {
        double before = logins();
        failure("misnamed");
        failure("plain");
        assertThat(logins()).isEqualTo(before + 2);
    }

    private static double logins() throws IOException, InterruptedException {
        return Scrape.parse(Scrape.get("http://127.0.0.1:" + metrics + "/metrics")).stream()
                .filter(sample -> sample.name().equals("myproxy_disconnects_total")
                        && "login_failed".equals(sample.labels().get("cause")))
                .mapToDouble(Scrape.Sample::value).sum();
    }
}
