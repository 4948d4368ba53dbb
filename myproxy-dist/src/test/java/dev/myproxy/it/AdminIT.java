package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon shows its state to the commands that ask for it, and they end sessions. */
@OwnServers
class AdminIT {

    @TempDir
    Path directory;

    private final List<RawClient> open = new ArrayList<>();

    @AfterEach
    void closeClients() throws IOException {
        for (RawClient client : open) {
            client.close();
        }
    }

    private Path socket() {
        return directory.resolve("admin.sock");
    }

    private String configuration() {
        return """
               admin_listen('%1$s/admin.sock')
               admin_listen('%1$s/open.sock', {mode = '0666'})
               prometheus_listen('%1$s/metrics')
               mysql_listen('%1$s/proxy', {
                   on_handshake_response = function(client, login)
                       client.account = login.user
                       return client:connect('%2$s', {user = 'root', password = ''})
                   end,
               })
               """.formatted(directory, EmbeddedMariaDb.shared().socket());
    }

    private RawClient login(String user) throws IOException {
        RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("proxy")));
        open.add(client);
        client.login(Login.clear(user, "x"));
        return client;
    }

    private Launch.Outcome myproxy(String... arguments) throws Exception {
        return Launch.in(directory).with("MYPROXY_ADMIN", socket().toString()).run(arguments);
    }

    private JsonObject json(String... arguments) throws Exception {
        Launch.Outcome outcome = myproxy(arguments);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return new JsonObject(outcome.out());
    }

    @Test
    void loadsTheConfigurationAgainAndSaysWhatHasBecomeOfIt() throws Exception {
        Path file = directory.resolve("config.lua");
        String reload = "\nfunction reload() reload_config() end\n";
        try (ProxyProcess proxy = ProxyProcess.start(directory, configuration() + reload)) {
            assertThat(myproxy("reload"))
                    .isEqualTo(new Launch.Outcome(0, "The configuration was loaded again\n", ""));
            proxy.awaitLine(line -> line.matches("Reloading at the request of pid=\\d+ uid=\\d+"));

            assertThat(proxy.log()).noneMatch(line -> line.contains("already been"));

            Files.writeString(file, configuration() + reload + "}");
            Launch.Outcome failed = myproxy("reload", "--json");
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.out()).isEmpty();
            assertThat(failed.err()).contains("config.lua:").contains("'}'");

            // its listener for admins, where the answer is awaited, goes away
            Files.writeString(file, configuration().replace("admin_listen(", "print("));
            assertThat(myproxy("reload").out()).isEqualTo("The configuration was loaded again\n");
            assertThat(myproxy("reload").status()).isEqualTo(69);
            assertThat(proxy.stop()).isZero();
        }
    }

    @Test
    void showsTheDaemonAndEndsASession() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, configuration())) {
            RawClient joe = login("joe");
            RawClient jim = login("jim");
            joe.send(Command.QUERY.payload("SELECT SLEEP(60), 'a secret of Joe'"));

            Launch.Outcome status = myproxy("status");
            assertThat(status.status()).as(status.err()).isZero();
            assertThat(status.out()).contains("pid " + proxy.process().pid() + ", up for ").contains(": ready\n")
                    .contains("configuration  " + directory + "/config.lua (")
                    .containsPattern("\nsessions +2\n").containsPattern(directory + "/proxy +mysql +listening +2 +2\n")
                    .containsPattern(directory + "/metrics +prometheus +listening +0 +-\n");

            // the proxy has to read the query first
            await().atMost(Duration.ofSeconds(30)).until(() -> json("sessions", "--account", "joe", "--json")
                    .getJsonArray("sessions").getJsonObject(0).getInteger("queries") == 1);
            JsonObject listed = json("sessions", "--account=joe", "--json");
            JsonObject session = listed.getJsonArray("sessions").getJsonObject(0);
            assertThat(listed.getInteger("total")).isEqualTo(2);
            assertThat(listed.getInteger("matching")).isEqualTo(1);
            assertThat(session.getString("client")).startsWith("pid=" + ProcessHandle.current().pid() + " uid=");
            assertThat(session.getString("listener")).isEqualTo(directory + "/proxy");
            assertThat(session.getString("server")).isEqualTo(EmbeddedMariaDb.shared().socket().toString());
            assertThat(session.getString("phase")).isEqualTo("command");
            assertThat(session.getLong("received_bytes")).isPositive();
            assertThat(listed.encode()).doesNotContain("secret", "SLEEP");

            Launch.Outcome killed = myproxy("kill", session.getLong("id").toString());
            assertThat(killed.status()).as(killed.err()).isZero();
            assertThat(killed.out()).isEqualTo("Session " + session.getLong("id") + " is over\n");
            assertThat(joe.stream().read().err()).isEqualTo(new Err(1927, "08S01",
                    "Connection was killed: the administrator has ended this session"));
            joe.expectEnd();
            jim.ping();
            proxy.awaitLine(line -> line
                    .matches("Session " + session.getLong("id") + " is ended at the request of pid=\\d+ uid=\\d+"));
            proxy.awaitLine(line -> line.contains("account=\"joe\"") && line.contains("cause=killed"));

            assertThat(myproxy("kill", session.getLong("id").toString()))
                    .isEqualTo(new Launch.Outcome(1, "", "There is no session " + session.getLong("id") + "\n"));
            assertThat(myproxy("sessions", "--account=joe"))
                    .isEqualTo(new Launch.Outcome(0, "", "None of 1 sessions is like that.\n"));
            assertThat(myproxy("sessions").out()).startsWith(" ").contains("ACCOUNT").contains("  jim  ");
            assertThat(myproxy("sessions", "--phase=comand").status()).isEqualTo(1);

            assertThat(proxy.stop()).isZero();
            assertThat(socket()).doesNotExist();
            assertThat(myproxy("status").status()).isEqualTo(69);
        }
    }

    @Test
    void othersMayNotAskOrNotKill() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"),
                "needs root to become another user: nobody's requests are not tested");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ProxyProcess _ = ProxyProcess.start(directory, configuration())) {
            RawClient jim = login("jim");
            long id = json("sessions", "--json").getJsonArray("sessions").getJsonObject(0).getLong("id");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket()))).isEqualTo("rw-------");
            assertThat(asNobody("admin.sock", "GET /api/status")).startsWith("PermissionError");
            assertThat(asNobody("open.sock", "GET /api/status")).startsWith("HTTP/1.0 200 ");
            assertThat(asNobody("open.sock", "POST /api/sessions/" + id + "/kill")).startsWith("HTTP/1.0 403 ");
            // a socket that was opened by mistake is none of theirs either
            Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(asNobody("admin.sock", "GET /api/status")).startsWith("HTTP/1.0 403 ");
            jim.ping();
        }
    }

    /** What nobody gets; a distribution in a home directory is out of reach for the commands of other users. */
    private String asNobody(String name, String request) throws Exception {
        String script = """
                        import socket, sys
                        try:
                            s = socket.socket(socket.AF_UNIX)
                            s.connect(sys.argv[1])
                            s.sendall((sys.argv[2] + " HTTP/1.0\\r\\nHost: localhost\\r\\nMyproxy-Intent: kill\\r\\n\\r\\n").encode())
                            while True:
                                got = s.recv(65536)
                                if not got: break
                                sys.stdout.write(got.decode())
                        except OSError as e:
                            print(type(e).__name__)
                        """;
        Path python = Path.of("/usr/bin/python3");
        Assumptions.assumeTrue(Files.isExecutable(python), "needs Python to ask as another user");
        Process process = new ProcessBuilder("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                python.toString(), "-c", script, directory.resolve(name).toString(), request).redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
