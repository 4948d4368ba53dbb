package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.metrics.Exposition;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.Upstream;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted for whole sessions. */
class SessionMetersTest {

    private static final Login LOGIN = Login.clear("joe", "secret");

    private volatile FakeServer.Script script = c -> {
        c.greet();
        c.acceptAll();
        c.serve();
    };
    private FakeServer server;
    private Address address;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> script.play(c));
        address = server.address();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private Decision decide(ScriptEvent event) {
        return switch (event) {
            case ScriptEvent.Connect _ -> new Decision.Proceed();
            case ScriptEvent.InitDb init -> init.database().equals(ByteString.of("no"))
                    ? new Decision.Refuse(ByteString.of("not that one"))
                    : new Decision.InitDb(init.database());
            case ScriptEvent.HandshakeResponse login when login.user().equals(ByteString.of("eve")) ->
                new Decision.Refuse(ByteString.of("not you"));
            default -> new Decision.Connect(Upstream.of(address), new Credentials(ByteString.of("u"),
                    Secret.wrap(new byte[]{'p'}), Optional.empty(), ByteString.EMPTY), ConnectOptions.DEFAULT);
        };
    }

    private TestProxy proxy() {
        return TestProxy.start(Handlers.of(1, Handler.CONNECT, Handler.INIT_DB), this::decide);
    }

    private static RawClient client(TestProxy proxy) throws IOException {
        RawClient client = RawClient.connect(proxy.address());
        client.readGreeting();
        return client;
    }

    /** The value of a time series as a scrape shows it. */
    private static double value(TestProxy proxy, String series) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry().register(proxy.sessions().meters());
        registry.getPrometheusRegistry().register(proxy.sessions().meters().servers());
        String text = new Exposition(registry).render("").body().toString();
        Matcher matcher = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE).matcher(text);
        assertThat(matcher.find()).as("%s in %s", series, text).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private double atServer(TestProxy proxy, String metric) throws IOException {
        return value(proxy, "myproxy_server_" + metric + "{server=\"" + address + "\"}");
    }

    private static void awaitValue(TestProxy proxy, String series, double expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(value(proxy, series)).as(series).isEqualTo(expected));
    }

    @Test
    void countsAWholeSession() throws Exception {
        try (TestProxy proxy = proxy()) {
            try (RawClient client = client(proxy).login(LOGIN)) {
                client.query("SELECT abc").good();
                client.ping();
                client.send(Command.INIT_DB.payload("no"));
                assertThat(client.stream().read().isErr()).isTrue();

                assertThat(value(proxy, "myproxy_sessions{phase=\"command\"}")).isEqualTo(1);
                assertThat(atServer(proxy, "sessions")).isEqualTo(1);
                client.send(Command.QUIT.payload());
                client.expectEnd();
            }
            awaitValue(proxy, "myproxy_disconnects_total{cause=\"client_quit\",phase=\"command\"}", 1);

            assertThat(value(proxy, "myproxy_sessions{phase=\"command\"}")).isZero();
            assertThat(value(proxy, "myproxy_connections_accepted_total")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_connections_rejected_total")).as("COM_INIT_DB").isEqualTo(1);
            assertThat(value(proxy, "myproxy_client_handshake_responses_total")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_client_auth_ok_total")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_client_auth_err_total")).isZero();
            assertThat(value(proxy, "myproxy_client_queries_total")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_client_received_bytes_total"))
                    .isEqualTo((4 + 11) + (4 + 1) + (4 + 3) + (4 + 1));
            assertThat(value(proxy, "myproxy_client_packets_received_total")).as("login, query, ping, init_db, quit")
                    .isEqualTo(5);
            assertThat(value(proxy, "myproxy_commands_total{command=\"ping\"}")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_hook_seconds_count{handler=\"on_connect\"}")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_hook_seconds_count{handler=\"on_handshake_response\"}")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_hook_seconds_count{handler=\"on_init_db\"}")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_connect_seconds_count")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_login_seconds_count")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_query_seconds_count")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_session_seconds_count")).isEqualTo(1);
            assertThat(atServer(proxy, "connects_total")).isEqualTo(1);
            assertThat(atServer(proxy, "sessions")).isZero();
            assertThat(atServer(proxy, "queries_total")).isEqualTo(1);
            assertThat(atServer(proxy, "query_wait_seconds_total"))
                    .isEqualTo(value(proxy, "myproxy_query_seconds_sum")).isPositive();
            // greeting, OK; column count, definition, row, end; and the OK of the ping
            assertThat(atServer(proxy, "packets_received_total")).isEqualTo(7);
        }
    }

    @Test
    void anotherUserIsAnotherLogin() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = client(proxy).login(LOGIN)) {
            client.query("SELECT 1").good();
            client.send("\21ann\0\4pw2\0\0-\0mysql_clear_password\0".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.stream().read().isOk()).isTrue();
            client.query("SELECT 2").good();

            awaitValue(proxy, "myproxy_server_queries_total{server=\"" + address + "\"}", 2);
            assertThat(atServer(proxy, "connects_total")).as("the session stays on its connection").isEqualTo(1);
            assertThat(value(proxy, "myproxy_connect_seconds_count")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_login_seconds_count")).isEqualTo(2);
            assertThat(atServer(proxy, "sessions")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_sessions{phase=\"command\"}")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_client_handshake_responses_total")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_client_auth_ok_total")).isEqualTo(2);
            assertThat(value(proxy, "myproxy_hook_seconds_count{handler=\"on_handshake_response\"}")).isEqualTo(2);
        }
    }

    @Test
    void countsWhatIsRefused() throws Exception {
        try (TestProxy proxy = proxy(); RawClient client = client(proxy)) {
            assertThat(client.tryLogin(Login.clear("eve", "x")).isErr()).isTrue();

            awaitValue(proxy, "myproxy_disconnects_total{cause=\"script_refused\",phase=\"decision\"}", 1);
            assertThat(value(proxy, "myproxy_connections_rejected_total")).isEqualTo(1);
            assertThat(value(proxy, "myproxy_client_auth_err_total")).isZero();
        }
    }

    @Test
    void countsLoginsThatTheServerRefuses() throws Exception {
        script = c -> {
            c.greet();
            c.readLogin();
            c.err(1045, "28000", "no");
        };
        try (TestProxy proxy = proxy(); RawClient client = client(proxy)) {
            assertThat(client.tryLogin(LOGIN).isErr()).isTrue();

            awaitValue(proxy, "myproxy_disconnects_total{cause=\"server_refused\",phase=\"login\"}", 1);
            assertThat(value(proxy, "myproxy_client_auth_err_total")).isEqualTo(1);
            assertThat(atServer(proxy, "connects_total")).isEqualTo(1);
            assertThat(atServer(proxy, "connect_errors_total")).isZero();
        }
    }

    @Test
    void countsServersThatCanNotBeConnectedTo() throws Exception {
        server.close();
        try (TestProxy proxy = proxy(); RawClient client = client(proxy)) {
            assertThat(client.tryLogin(LOGIN).isErr()).isTrue();

            awaitValue(proxy, "myproxy_disconnects_total{cause=\"connect_failed\",phase=\"connect\"}", 1);
            assertThat(atServer(proxy, "connect_errors_total")).isEqualTo(1);
            assertThat(atServer(proxy, "connects_total")).isZero();
            assertThat(value(proxy, "myproxy_connect_seconds_count")).isZero();
        }
    }

    @Test
    void countsProtocolErrorsOfBothSides() throws Exception {
        script = c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.send((byte) 0xfe, (byte) 1);
        };
        try (TestProxy proxy = proxy();
                RawClient client = client(proxy).login(LOGIN);
                RawClient early = client(proxy)) {
            client.send(Command.QUERY.payload("SELECT 1"));
            early.send(new byte[]{1, 2, 3});

            awaitValue(proxy, "myproxy_disconnects_total{cause=\"server_malformed\",phase=\"command\"}", 1);
            awaitValue(proxy, "myproxy_client_malformed_packets_total", 1);
            assertThat(atServer(proxy, "malformed_packets_total")).isEqualTo(1);
        }
    }

    @Test
    void statementsOfASessionThatGoesOnAreCountedAtOnce() throws Exception {
        script = c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.ok();
            c.read();
            c.err(1064, "42000", "syntax");
            c.stall();
        };
        try (TestProxy proxy = proxy(); RawClient client = client(proxy).login(LOGIN)) {
            client.query("UPDATE t").good();
            client.send(Command.QUERY.payload("NONSENSE"));
            assertThat(client.stream().read().isErr()).isTrue();

            awaitValue(proxy, "myproxy_server_query_errors_total{server=\"" + address + "\"}", 1);
            assertThat(atServer(proxy, "queries_total")).isEqualTo(2);
            assertThat(value(proxy, "myproxy_client_queries_total")).isEqualTo(2);
        }
    }
}
