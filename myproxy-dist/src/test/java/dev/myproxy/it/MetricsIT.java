package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real daemon tells about real traffic. */
@OwnServers
class MetricsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A row with a whole name; those with dots, and of the old names, are left out. */
    private static final Pattern DOCUMENTED = Pattern
            .compile("\\| `(?<name>(myproxy|event_loop)_\\w+)` \\| (counter|gauge|histogram|summary) \\|");

    @TempDir
    Path directory;

    private final int port = Endpoints.freePort();

    MetricsIT() throws IOException {}

    private ProxyProcess start() throws IOException {
        return ProxyProcess.start(directory, """
                                             prometheus_listen('127.0.0.1:%d')
                                             control_listen('%s/control')
                                             local cluster = mysql_cluster({'%s'}, {monitoring = true})
                                             mysql_listen('%s/proxy', {
                                                 on_handshake_response = function(client, login)
                                                     if login.user == 'eve' then return client:err('no') end
                                                     return client:connect(cluster, {user = 'root', password = ''})
                                                 end,
                                             })
                                             """.formatted(port, directory, DB.socket(), directory));
    }

    private RawClient login() throws IOException {
        return RawClient.connect(Endpoints.unix(directory.resolve("proxy"))).login(Login.clear("joe", "x"));
    }

    private String scrape() {
        try {
            return Scrape.get("http://127.0.0.1:" + port + "/metrics");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private double value(String metric, Map<String, String> labels) {
        return Scrape.parse(scrape()).stream()
                .filter(sample -> sample.name().equals(metric)
                        && sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Scrape.Sample::value).sum();
    }

    private double value(String metric) {
        return value(metric, Map.of());
    }

    private double atServer(String metric) {
        return value("myproxy_server_" + metric, Map.of("server", DB.socket().toString()));
    }

    @Test
    void countsWhatARealServerDid() throws Exception {
        try (ProxyProcess _ = start()) {
            try (RawClient client = login()) {
                client.query("CREATE TEMPORARY TABLE test.counted (n INT)").good();
                client.query("INSERT INTO test.counted VALUES (1), (2), (3)").good();
                client.query("SELECT * FROM test.counted").good();
                client.query("SELECT 1/0").good();
                client.query("NONSENSE");
                client.send(Command.QUIT.payload());
                client.expectEnd();
            }
            try (RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("proxy")))) {
                client.readGreeting();
                assertThat(client.tryLogin(Login.clear("eve", "x")).isErr()).isTrue();
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(value("myproxy_session_seconds_count")).isEqualTo(2));

            assertThat(value("myproxy_client_queries_total")).isEqualTo(5);
            assertThat(atServer("queries_total")).isEqualTo(5);
            assertThat(atServer("query_errors_total")).isEqualTo(1);
            assertThat(atServer("affected_rows_total")).isEqualTo(3);
            assertThat(atServer("query_warnings_total")).isEqualTo(1);
            assertThat(atServer("no_index_queries_total")).as("of a table without any").isEqualTo(1);
            assertThat(atServer("query_wait_seconds_total")).isPositive();
            assertThat(value("myproxy_connections_rejected_total")).isEqualTo(1);
            assertThat(value("myproxy_lua_decisions_total", Map.of("decision", "connect"))).isEqualTo(1);
            assertThat(value("myproxy_disconnects_total")).isEqualTo(2);
            assertThat(value("myproxy_disconnects_total", Map.of("cause", "client_quit", "phase", "command")))
                    .isEqualTo(1);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                    value("myproxy_server_state", Map.of("server", DB.socket().toString(), "state", "alive")))
                    .isEqualTo(1));
            assertThat(value("myproxy_server_state")).isEqualTo(1);
            assertThat(value("myproxy_build_info", Map.of("transport", ProxyProcess.transport()))).isEqualTo(1);
            assertThat(value("event_loop_iterations_total", Map.of("process", "myproxy"))).isPositive();
            assertThat(value("process_resident_memory_bytes")).isGreaterThan(10e6);
        }
    }

    @Test
    void isWhatPrometheusWantsToRead() throws Exception {
        PrometheusServer.require();
        try (ProxyProcess _ = start()) {
            try (RawClient client = login()) {
                client.query("SELECT 1").good();
            }
            Path text = Files.writeString(directory.resolve("metrics"), scrape());
            PrometheusServer.checkMetrics(text);

            // Prometheus asks for OpenMetrics, and for gzip
            try (PrometheusServer prometheus = PrometheusServer.start(directory,
                    """
                    scrape_configs:
                      - job_name: myproxy
                        scrape_interval: 1s
                        static_configs: [{targets: ['127.0.0.1:%d']}]
                    """.formatted(port))) {
                prometheus.await("up == 1");
                prometheus.await("myproxy_connections_accepted_total == 1");
                prometheus.await("scrape_samples_scraped > 300");
                assertThat(prometheus.query("sum(myproxy_server_queries_total)")).containsExactly("1");
                assertThat(prometheus.query("histogram_quantile(1, sum by (le) (myproxy_query_seconds_bucket))"))
                        .hasSize(1);
            }
        }
    }

    /** The names in the tables of the manual, but for what only some daemons have. */
    private static Set<String> documented() throws IOException {
        Set<String> optional = Set.of("myproxy_server_lag_seconds", "myproxy_pg_up");
        return Files.readAllLines(Path.of("../docs/metrics.md")).stream().map(DOCUMENTED::matcher)
                .filter(Matcher::lookingAt).map(row -> row.group("name")).filter(name -> !optional.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theManualHasThemAll() throws Exception {
        try (ProxyProcess _ = start(); RawClient client = login()) {
            client.query("SELECT 1").good();
            await().atMost(LIMIT).until(() -> value("myproxy_server_check_duration_seconds") > 0);

            Set<String> shown = scrape().lines().filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ", -1)[2])
                    .filter(name -> name.startsWith("myproxy_") || name.startsWith("event_loop_"))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(shown).isEqualTo(documented());
        }
    }

    @Test
    void canBeReadWhileThereIsWork() throws Exception {
        try (ProxyProcess proxy = start(); HttpClient reader = HttpClient.newHttpClient()) {
            AtomicInteger running = new AtomicInteger(4);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    try (RawClient client = login()) {
                        for (int n = 0; n < 500; n++) {
                            client.query("SELECT " + n).good();
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        running.decrementAndGet();
                    }
                }));
            }
            double last = 0;
            do {
                double queries = total(reader);
                assertThat(queries).isGreaterThanOrEqualTo(last);
                last = queries;
            } while (running.get() > 0);
            for (Thread client : clients) {
                client.join();
            }

            await().atMost(LIMIT).untilAsserted(() -> assertThat(total(reader)).isEqualTo(2000));
            assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
        }
    }

    private double total(HttpClient reader) throws IOException, InterruptedException {
        HttpResponse<String> response = reader.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return Scrape.parse(response.body()).stream()
                .filter(sample -> sample.name().equals("myproxy_server_queries_total"))
                .mapToDouble(Scrape.Sample::value).sum();
    }

    @Test
    void isReadyUntilItStops() throws Exception {
        try (ProxyProcess proxy = start(); RawClient client = login()) {
            assertThat(Scrape.get("http://127.0.0.1:" + port + "/ready")).isEqualTo("ready\n");
            assertThat(Scrape.get("http://127.0.0.1:" + port + "/health")).isEqualTo("alive\n");
            assertThat(Scrape.get("http://127.0.0.1:" + port + "/")).contains("/metrics", "/health", "/ready");
            client.ping();
            proxy.process().signal("TERM");
            proxy.process().waitForEnd();
        }
    }
}
