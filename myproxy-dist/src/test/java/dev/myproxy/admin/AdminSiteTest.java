package dev.myproxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.posix.PosixUsers;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.session.DrainProgress;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.session.SessionSnapshot;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.AbstractList;
import java.util.ArrayList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminSiteTest {

    @TempDir
    Path directory;

    private final ShownDaemon daemon = new ShownDaemon();
    private Path socket = Path.of("");

    @BeforeEach
    void listen() throws Exception {
        socket = directory.resolve("admin.sock");
        daemon.sessions = List.of(Rows.session(1, "joe"), Rows.newcomer(2));
        daemon.listen(new Address.UnixPath(socket.toString()), AdminOptions.DEFAULT, PosixUsers.effectiveUid());
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    private static String exchange(SocketChannel channel, String request) throws Exception {
        try (channel) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String exchange(String request) throws Exception {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return exchange(channel, request);
    }

    private String get(String path, String... headers) throws Exception {
        return exchange("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n");
    }

    private JsonObject document(String path) throws Exception {
        String answer = get(path);
        assertThat(answer).startsWith("HTTP/1.0 200 OK\r\n").contains("application/json; charset=utf-8");
        return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @Test
    void theSocketIsForItsOwner() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
    }

    @Test
    void showsTheDaemon() throws Exception {
        JsonObject status = document("/api/status");

        assertThat(status.getDouble("uptime_seconds")).isPositive();
        assertThat(status.copy().put("uptime_seconds", 5).put("java", "25").encode()).isEqualTo("{\"api\":1,"
                + "\"version\":\"1.2.3\",\"java\":\"25\",\"pid\":4711,\"started\":\"2026-01-02T03:04:05Z\","
                + "\"uptime_seconds\":5,\"state\":\"ready\",\"ready\":true,\"drain\":null,\"configuration\":\"/etc/<config>.lua\","
                + "\"sessions\":2,\"limits\":{\"connections\":1000,\"per_account\":null,\"logins\":50},"
                + "\"logins\":1,\"accounts\":1,\"refused\":7,\"script\":{\"engine\":\"luajit\",\"errors\":3,\"waiting\":2},\"listeners\":["
                + "{\"address\":\"@myproxy\",\"kind\":\"mysql\",\"accepting\":true,\"accepted\":12345,\"sessions\":1},"
                + "{\"address\":\"127.0.0.1:9100\",\"kind\":\"prometheus\",\"accepting\":true,\"accepted\":7,\"sessions\":0},"
                + "{\"address\":\"/run/control\",\"kind\":\"control\",\"accepting\":true,\"accepted\":null,\"sessions\":0}]}");
        assertThat(document("/api/listeners").getJsonArray("listeners")).isEqualTo(status.getJsonArray("listeners"));
    }

    @Test
    void saysWhenItIsNotReady() throws Exception {
        daemon.state = DaemonState.STOPPING;
        daemon.drain = Optional.of(new DrainProgress(12, 3, Duration.ofMillis(48_500)));

        assertThat(document("/api/status").getString("state")).isEqualTo("stopping");
        assertThat(document("/api/status").getBoolean("ready")).isFalse();
        assertThat(document("/api/status").getJsonObject("drain").encode())
                .isEqualTo("{\"sessions\":12,\"transactions\":3,\"left_seconds\":48.5}");
    }

    @Test
    void showsNodes() throws Exception {
        assertThat(document("/api/nodes").encode()).isEqualTo("{\"api\":1,\"clusters\":[]}");

        daemon.cluster();
        JsonArray clusters = document("/api/nodes").getJsonArray("clusters");

        assertThat(clusters).hasSize(1);
        assertThat(clusters.getJsonObject(0).getString("name")).isEqualTo("10.0.0.1:3306 +1");
        JsonArray nodes = clusters.getJsonObject(0).getJsonArray("nodes");
        assertThat(nodes.getJsonObject(1).copy().put("since", "").encode()).isEqualTo("{\"address\":\"/run/<db>.sock\","
                + "\"state\":\"unknown\",\"suspect\":false,\"reason\":\"\",\"since\":\"\",\"check_seconds\":null,"
                + "\"lag_seconds\":null,\"weight\":1.0}");
    }

    @Test
    void showsSessions() throws Exception {
        assertThat(document("/api/sessions?account=joe&limit=5").getJsonArray("sessions")).hasSize(1);
        assertThat(document("/api/sessions?phase=greeting").getJsonArray("sessions").getJsonObject(0)
                .getString("phase")).isEqualTo(Phase.GREETING.label());
        assertThat(get("/api/sessions?limit=many")).startsWith("HTTP/1.0 400 ")
                .endsWith("{\"api\":1,\"error\":\"limit must be a number from 0 to 100000\"}");
    }

    @Test
    void documentsAreWrittenByWorkers() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        daemon.sessions = new AbstractList<>() {
            private final List<SessionSnapshot> all = Rows.sessions(10_000);

            @Override
            public SessionSnapshot get(int index) {
                threads.add(Thread.currentThread().getName());
                return all.get(index);
            }

            @Override
            public int size() {
                return all.size();
            }
        };

        assertThat(document("/api/sessions?limit=100000").getJsonArray("sessions")).hasSize(10_000);
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("documents-"), "workers of that name");
    }

    @Test
    void killsSessions() throws Exception {
        String kill = " HTTP/1.0\r\nHost: localhost\r\nMyproxy-Intent: kill\r\nContent-Length: 0\r\n\r\n";

        assertThat(exchange("POST /api/sessions/1/kill" + kill)).startsWith("HTTP/1.0 200 ")
                .endsWith("{\"api\":1,\"killed\":1}");
        assertThat(exchange("DELETE /api/sessions/2" + kill)).startsWith("HTTP/1.0 200 ");
        assertThat(exchange("DELETE /api/sessions/77" + kill)).startsWith("HTTP/1.0 404 ")
                .endsWith("{\"api\":1,\"error\":\"There is no session 77\"}");
        assertThat(daemon.killed).containsExactly(1L, 2L, 77L);
    }

    @Test
    void reloads() throws Exception {
        String reload = "POST /api/reload HTTP/1.0\r\nHost: localhost\r\nMyproxy-Intent: reload\r\n\r\n";

        assertThat(exchange(reload)).startsWith("HTTP/1.0 200 ").endsWith("{\"api\":1,\"reloaded\":\"It was loaded\"}");
        daemon.reloaded = Future.failedFuture("config.lua:3: no");
        assertThat(exchange(reload)).startsWith("HTTP/1.0 409 ").endsWith("{\"api\":1,\"error\":\"config.lua:3: no\"}");
        assertThat(daemon.reloads).hasValue(2);

        assertThat(exchange(reload.replace("Intent: reload", "Intent: kill"))).startsWith("HTTP/1.0 403 ");
        assertThat(get("/api/reload")).startsWith("HTTP/1.0 405 ").contains("Allow: POST");
        assertThat(daemon.reloads).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Myproxy-Intent: look\r\n", "Myproxy-Intent: kill\r\nOrigin: http://localhost\r\n",
            "Myproxy-Intent: kill\r\nSec-Fetch-Site: same-origin\r\n", "Myproxy-Intent: kill\r\nOrigin: null\r\n"})
    void killsNothingForBrowsers(String headers) throws Exception {
        assertThat(exchange("POST /api/sessions/1/kill HTTP/1.0\r\nHost: localhost\r\n" + headers + "\r\n"))
                .startsWith("HTTP/1.0 403 ");
        assertThat(daemon.killed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "OPTIONS"})
    void killsWithNoOtherMethod(String method) throws Exception {
        assertThat(
                exchange(method + " /api/sessions/1/kill HTTP/1.0\r\nHost: localhost\r\nMyproxy-Intent: kill\r\n\r\n"))
                .startsWith("HTTP/1.0 405 ").containsIgnoringCase("\r\nallow: POST\r\n");
        assertThat(daemon.killed).isEmpty();
    }

    @Test
    void byTcpOneReadsOnly() throws Exception {
        Address.Inet tcp = (Address.Inet) daemon.listen(Address.inet(InetAddress.getLoopbackAddress(), 0),
                AdminOptions.DEFAULT, PosixUsers.effectiveUid());

        assertThat(exchange(SocketChannel.open(tcp.socket()), "GET /api/status HTTP/1.0\r\nHost: " + tcp + "\r\n\r\n"))
                .startsWith("HTTP/1.0 200 ");
        assertThat(exchange(SocketChannel.open(tcp.socket()),
                "POST /api/sessions/1/kill HTTP/1.0\r\nHost: " + tcp + "\r\nMyproxy-Intent: kill\r\n\r\n"))
                .startsWith("HTTP/1.0 403 ").contains("through a Unix socket only");
        assertThat(exchange(SocketChannel.open(tcp.socket()), "GET /api/status HTTP/1.0\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.0 421 ");
        assertThat(daemon.killed).isEmpty();
    }

    @Test
    void showsAPageThatRunsOnlyWhatIsItsOwn() throws Exception {
        String page = get("/");

        assertThat(page).startsWith("HTTP/1.0 200 OK\r\n").contains("<title>myproxy</title>")
                .containsIgnoringCase(
                        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';")
                .containsIgnoringCase("x-content-type-options: nosniff").containsIgnoringCase("cache-control: no-store")
                .containsIgnoringCase("cross-origin-resource-policy: same-origin");
        List<String> all = new ArrayList<>();
        for (String file : List.of("/", "/page.css", "/page.js", "/icon.svg")) {
            String content = get(file);
            assertThat(content).as(file).startsWith("HTTP/1.0 200 OK\r\n");
            all.add(content.substring(content.indexOf("\r\n\r\n")).replace("http://www.w3.org/2000/svg", ""));
        }
        assertThat(all).noneMatch(text -> text.contains("http:") || text.contains("https:")
                || text.contains("innerHTML") || text.contains("onclick="));
    }

    @Test
    void servesSeveralRequestsOverOneConnection() throws Exception {
        String body = "x".repeat(100_000);

        String answers = exchange("POST /api/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body + "GET /api/nodes HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /icon.svg HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answers).startsWith("HTTP/1.1 405 ").contains("\"clusters\":[]}HTTP/1.1 200 OK")
                .endsWith("</svg>\n");
    }

    @Test
    void knowsItsPaths() throws Exception {
        assertThat(get("/nothing")).startsWith("HTTP/1.0 404 ").contains("/api/nodes /api/sessions /api/status");
        assertThat(get("/api/sessions/99999999999999999999/kill")).startsWith("HTTP/1.0 404 ");
        assertThat(get("/api/sessions/../status")).startsWith("HTTP/1.0 404 ");
        assertThat(exchange("POST /api/status HTTP/1.0\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.0 405 ")
                .containsIgnoringCase("\r\nallow: GET, HEAD\r\n");
        assertThat(exchange("HEAD /api/status HTTP/1.0\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.0 200 ")
                .containsPattern("(?i)content-length: [1-9]").endsWith("\r\n\r\n");
    }

    @Test
    void toleratesOddQueries() throws Exception {
        assertThat(get("/api/sessions?search=%")).startsWith("HTTP/1.0 400 ")
                .endsWith("{\"api\":1,\"error\":\"The query is not encoded as URLs are\"}");
        assertThat(get("/api/sessions?search=%00%ff")).startsWith("HTTP/1.0 200 ");
        assertThat(get("/api/sessions?account=joe&account=jim")).startsWith("HTTP/1.0 200 ");
    }
}
