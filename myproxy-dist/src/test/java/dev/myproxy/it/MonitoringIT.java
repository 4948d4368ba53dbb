package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard, the alerts and the manual's old names, with a daemon that has had all kinds of traffic, and with a real
 * Prometheus.
 */
@OwnServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringIT {

    private static final Path NAMES_PAGE = Path.of("../docs/migrating.md");

    /** Prometheus makes it for each target. */
    private static final String PROMETHEUS_OWN = "up";

    @TempDir
    static Path directory;

    private final int port = freePort();
    private ReplicatedMariaDb servers;
    private EmbeddedPostgreSql postgres;
    private ProxyProcess proxy;

    private static int freePort() {
        try {
            return Endpoints.freePort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeAll
    void start() throws Exception {
        servers = ReplicatedMariaDb.start(2);
        postgres = EmbeddedPostgreSql.start(EmbeddedPostgreSql.Version.NEWEST);
        proxy = ProxyProcess.start(directory, configuration());
        awaitSample("myproxy_server_lag_seconds");
        awaitSample("myproxy_server_state{state=\"alive\"}");
        traffic();
        collectGarbage();
        awaitSample("jvm_gc_pause_seconds_sum");
    }

    /** Pauses are shown once there was one. */
    private void collectGarbage() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(proxy.process().pid()), "GC.run").redirectErrorStream(true)
                .redirectOutput(directory.resolve("jcmd.log").toFile()).start();
        assertThat(jcmd.waitFor()).as(() -> "jcmd, see " + directory.resolve("jcmd.log")).isZero();
    }

    @AfterAll
    void stop() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    private String configuration() {
        return """
               prometheus_listen('127.0.0.1:%d')
               control_listen('%s/control')
               local cluster = mysql_cluster({'%s', '%s', '127.0.0.1:1'}, {
                   monitoring = true, user = 'monitor', password = 'geheim', no_read_only = true, max_lag = 3600,
                   interval = 0.5,
               })
               local nowhere = pg:new('host=127.0.0.1 port=1 user=u dbname=d connect_timeout=1')
               local accounts_db = pg:new('host=127.0.0.1 port=%d user=postgres dbname=postgres')
               local accounts = cache:new{name = 'accounts', ttl = 60}
               mysql_listen('%s/proxy', {
                   on_handshake_response = function(client, login)
                       client.account = login.user
                       accounts:get(login.user)
                       accounts:set(login.user, true)
                       if login.user == 'broken' then
                           error('broken')
                       elseif login.user == 'database' then
                           assert(accounts_db:execute('SELECT 1'))
                           return client:err(select(2, nowhere:execute('SELECT 1')))
                       elseif login.user == 'nowhere' then
                           return client:connect(mysql_resolve('127.0.0.1:1'), login)
                       end
                       return client:connect(cluster, login)
                   end,
                   on_disconnect = function() end,
               })
               """.formatted(port, directory, servers.address(0), servers.address(1), postgres.port(), directory);
    }

    private void traffic() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (RawClient client = connect()) {
                client.login(Login.clear("app", "geheim"));
                client.query("SELECT 1").good();
                client.query("SELECT nothing");
                client.ping();
            }
            for (String user : List.of("broken", "database", "nowhere")) {
                try (RawClient client = connect()) {
                    assertThat(client.tryLogin(Login.clear(user, "x")).isErr()).isTrue();
                }
            }
            try (RawClient client = connect()) {
                assertThat(client.tryLogin(Login.clear("app", "wrong")).isErr()).isTrue();
            }
            try (RawClient client = connect()) {
                client.stream().write(1, RawClient.sslRequest(Login.clear("app", "geheim")));
                client.stream().raw("this is not TLS".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("proxy")));
        client.readGreeting();
        return client;
    }

    private String scrape() throws IOException, InterruptedException {
        return Scrape.get("http://127.0.0.1:" + port + "/metrics");
    }

    private void awaitSample(String selector) {
        Awaitility.await(selector).atMost(Duration.ofSeconds(30))
                .until(() -> PromSelector.in(selector).getFirst().isIn(Scrape.parse(scrape())));
    }

    private static List<String> expressions() throws IOException {
        return Stream.concat(ShippedExpressions.dashboard().stream(), ShippedExpressions.alerts().stream()).toList();
    }

    @Test
    void everythingThatIsAskedForIsThere() throws Exception {
        List<Scrape.Sample> samples = Scrape.parse(scrape());
        Set<String> missing = new LinkedHashSet<>();

        for (String expression : expressions()) {
            PromSelector.in(expression).stream().filter(selector -> !selector.name().equals(PROMETHEUS_OWN))
                    .map(PromSelector::asScraped).filter(selector -> !selector.isIn(samples))
                    .forEach(selector -> missing.add(selector + " in " + expression));
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void prometheusAnswersEachExpression(@TempDir Path own) throws Exception {
        PrometheusServer.require();
        String configuration = """
                               global: {scrape_interval: 1s, evaluation_interval: 1s}
                               rule_files: ['%s']
                               scrape_configs:
                                 - job_name: myproxy
                                   static_configs: [{targets: ['127.0.0.1:%d']}]
                               """.formatted(ShippedExpressions.ALERTS.toRealPath(), port);
        try (PrometheusServer prometheus = PrometheusServer.start(own, configuration)) {
            // rates need two scrapes
            prometheus.await("count_over_time(up[1m]) >= 3");
            traffic();
            prometheus.await("rate(myproxy_connections_accepted_total[1m]) > 0");
            prometheus.await("rate(myproxy_tls_failures_total[1m]) > 0");
            prometheus.await("rate(event_loop_lag_seconds_count[1m]) > 0");

            for (String expression : expressions()) {
                prometheus.query(expression);
            }
            List<String> empty = new ArrayList<>();
            for (String expression : ShippedExpressions.dashboard()) {
                if (prometheus.query(expression).isEmpty()) {
                    empty.add(expression);
                }
            }
            assertThat(empty).as("panels without a line").isEmpty();
            prometheus.await("ALERTS{alertname=\"MyproxyPostgresDown\"}");
        }
    }

    @Test
    void oldNamesComeOutOfTheManualsConfiguration(@TempDir Path own) throws Exception {
        PrometheusServer.require();
        String page = Files.readString(NAMES_PAGE);
        Matcher snippet = Pattern.compile("```yaml\n(scrape_configs:.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(snippet.find()).isTrue();
        List<String> oldNames = Pattern.compile("^\\| `(\\w+)` \\| `(\\w+)`", Pattern.MULTILINE).matcher(page).results()
                .filter(row -> !row.group(1).equals(row.group(2)) || row.group(1).equals("myproxy_server_state"))
                .map(MatchResult::group).toList();
        assertThat(oldNames).hasSize(27);
        try (PrometheusServer prometheus = PrometheusServer.start(own, "global: {scrape_interval: 1s}\n"
                + snippet.group(1).replace("127.0.0.1:9100", "127.0.0.1:" + port))) {
            prometheus.await("up == 1");
            List<Scrape.Sample> samples = Scrape.parse(scrape());
            for (String row : oldNames) {
                Matcher names = Pattern.compile("`(\\w+)` \\| `(\\w+)`").matcher(row);
                assertThat(names.find()).isTrue();
                String oldName = names.group(1);
                double now = samples.stream().filter(sample -> sample.name().equals(names.group(2)))
                        .mapToDouble(Scrape.Sample::value).sum();

                List<String> values = prometheus.query("sum(" + oldName + ")");

                assertThat(values).as(oldName).hasSize(1);
                assertThat(Double.parseDouble(values.getFirst())).as(oldName).isBetween(now * 0.2, now * 5 + 100);
            }
            assertThat(prometheus.query("myproxy_connections_accepted").stream().map(Double::valueOf)).containsExactly(
                    samples.stream().filter(sample -> sample.name().equals("myproxy_connections_accepted_total"))
                            .mapToDouble(Scrape.Sample::value).sum());
            assertThat(prometheus.query("{__name__=~\".*_total|jvm_.*|process_.*\"}")).isEmpty();
        }
    }
}
