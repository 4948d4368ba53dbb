package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.tls.TestEngines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come through HAProxy, and a MariaDB that is told who they are. */
@OwnServers
class BalancerIT {

    private static final String CLIENT = "127.0.0.5";
    private static final String OTHER_CLIENT = "127.0.0.6";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "geheim";

    /** The user name says what becomes of a client. */
    private static final String CONFIGURATION = """
                                                local options = {
                                                    v1 = { proxy_protocol = 1 },
                                                    v2 = { proxy_protocol = 2 },
                                                    tls = { proxy_protocol = 2, tls = { verify = 'none' } },
                                                    untold = {},
                                                    cluster = {},
                                                }
                                                local cluster = mysql_cluster({ 'SERVER' }, { monitoring = true, interval = 0.2,
                                                    user = 'local', password = 'geheim', proxy_protocol = 2 })
                                                local handlers = {}
                                                function handlers.on_connect(client)
                                                    print(('comes %s via %s at %s'):format(client.address, client.proxy_address,
                                                        client.local_address))
                                                end
                                                function handlers.on_handshake_response(client, login)
                                                    local user, how = login.user:match('^(.*) (.*)$')
                                                    client.account = user
                                                    return client:connect(how == 'cluster' and cluster or 'SERVER', { user = user, password = login.password },
                                                        options[how])
                                                end
                                                function reload() print(reload_config()) end
                                                prometheus_listen('127.0.0.1:METRICS')
                                                local trusted = { proxy_protocol = { trusted = { '127.0.0.1' } } }
                                                mysql_listen('127.0.0.1:PORT', handlers, trusted)
                                                mysql_listen(systemd('mysql'), handlers, trusted)
                                                mysql_listen('DIRECTORY/socket', handlers,
                                                    { proxy_protocol = { trusted = { 'unix' } } })
                                                mysql_listen('127.0.0.1:SWITCHED', handlers, SWITCHED_OPTIONS)
                                                """;
    private static final String TRUSTING = "{ proxy_protocol = { trusted = { '127.0.0.1' } } }";

    @TempDir
    private static Path directory;

    private static EmbeddedMariaDb db;
    private static HaProxy balancer;
    private static ProxyProcess proxy;
    private static int port;
    private static int switched;
    private static int metrics;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        HaProxy.require();
        db = EmbeddedMariaDb.start("--ssl", "--proxy-protocol-networks=127.0.0.1");
        db.execute("CREATE USER app@'" + CLIENT + "' IDENTIFIED BY '" + PASSWORD + "'",
                "CREATE USER local@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
        port = Endpoints.freePort();
        switched = Endpoints.freePort();
        metrics = Endpoints.freePort();
        InheritedListeners inherited = new InheritedListeners(directory).tcp("mysql");
        proxy = ProxyProcess.start(inherited.launcher(), directory, configuration("{}"));
        String server = "127.0.0.1:" + port;
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put("v1", server + " send-proxy");
        ways.put("v2", server + " send-proxy-v2");
        ways.put("v2-ssl", server + " send-proxy-v2-ssl");
        ways.put("extensions", server + " send-proxy-v2 proxy-v2-options ssl,cert-cn,authority,crc32c,unique-id");
        ways.put("inherited", address(inherited, "mysql") + " send-proxy-v2");
        ways.put("unix", "unix@" + directory.resolve("socket") + " send-proxy-v2");
        ways.put("headerless", server);
        ways.put("untrusted", server + " send-proxy-v2 source 127.0.0.9");
        ways.put("switched", "127.0.0.1:" + switched + " send-proxy-v2");
        ways.put("switched-headerless", "127.0.0.1:" + switched);
        balancer = HaProxy.start(directory, ways);
    }

    private static String address(InheritedListeners inherited, String name) throws IOException {
        return new Address.Inet((InetSocketAddress) inherited.address(name)).toString();
    }

    private static String configuration(String switchedOptions) {
        return CONFIGURATION.replace("DIRECTORY", directory.toString()).replace("SERVER", db.tcp().toString())
                .replace("METRICS", Integer.toString(metrics)).replace("PORT", Integer.toString(port))
                .replace("SWITCHED_OPTIONS", switchedOptions).replace("SWITCHED", Integer.toString(switched));
    }

    @AfterAll
    static void stop() throws IOException {
        if (db != null) {
            balancer.close();
            proxy.close();
            db.close();
        }
    }

    private static RawClient client(String host, String way) throws IOException {
        return RawClient.connectFrom(host, balancer.front(way)).limit(PATIENCE);
    }

    private static Login login(String user) {
        return Login.clear(user, PASSWORD);
    }

    /** A client that sends its password encrypted, since it comes by TCP. */
    private static RawClient loggedIn(String host, String way, String user) throws IOException {
        RawClient client = client(host, way);
        client.encrypt(login(user), TestEngines.client());
        assertThat(client.tryEncryptedLogin(login(user)).isOk()).isTrue();
        return client;
    }

    private static Err refused(String host, String way, String user) throws IOException {
        try (RawClient client = client(host, way)) {
            client.encrypt(login(user), TestEngines.client());
            return client.tryEncryptedLogin(login(user)).err();
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(PATIENCE);
    }

    private static void assertIsKnownAtTheServer(RawClient client) throws IOException {
        assertThat(client.query("SELECT USER()").value()).isEqualTo("app@" + CLIENT);
        assertThat(client.query("SELECT CURRENT_USER()").value()).isEqualTo("app@" + CLIENT);
        assertThat(client.query("SELECT host FROM information_schema.processlist WHERE id = CONNECTION_ID()").value())
                .isEqualTo(client.local().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v2-ssl", "extensions", "inherited", "unix"})
    void theServerKnowsTheClientsAddress(String way) throws IOException {
        for (String version : List.of("v1", "v2")) {
            try (RawClient client = loggedIn(CLIENT, way, "app " + version)) {
                assertIsKnownAtTheServer(client);
                String via = way.equals("unix") ? "?" : "127.0.0.1:";
                proxy.awaitLine(line -> line.matches("comes \\Q" + address(client) + " via " + via + "\\E\\d* at \\Q"
                        + balancer.front(way) + "\\E"));
            }
        }
    }

    private static String address(RawClient client) {
        try {
            return client.local().toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bothSidesMayBeEncryptedBesides() throws IOException {
        try (RawClient client = loggedIn(CLIENT, "v2", "app tls")) {
            assertIsKnownAtTheServer(client);
            assertThat(client.query("SHOW STATUS LIKE 'Ssl_version'").textRows().getFirst().get(1)).startsWith("TLSv1");
        }
    }

    @Test
    void accountsAreForTheClientsHost() throws IOException {
        assertThat(refused(OTHER_CLIENT, "v2", "app v2").message())
                .isEqualTo("Host '" + OTHER_CLIENT + "' is not allowed to connect to this MariaDB server");
        assertThat(refused(CLIENT, "v2", "local v2").code()).isEqualTo(1045);
        try (RawClient client = loggedIn(CLIENT, "v2", "local untold")) {
            assertThat(client.query("SELECT USER()").value()).isEqualTo("local@127.0.0.1");
        }
    }

    /** The check's account is one of the proxy's address, which is what LOCAL means; a session's is the client's. */
    @Test
    void clustersTellServersWhoItIs() throws IOException {
        patiently().until(() -> sample("myproxy_server_state", "state", "alive") == 1);
        try (RawClient client = loggedIn(CLIENT, "v1", "app cluster")) {
            assertIsKnownAtTheServer(client);
        }
    }

    private static double sample(String name, String label, String value) throws IOException, InterruptedException {
        return Scrape.parse(Scrape.get("http://127.0.0.1:" + metrics + "/metrics")).stream()
                .filter(sample -> sample.name().equals(name) && value.equals(sample.labels().get(label)))
                .mapToDouble(Scrape.Sample::value).sum();
    }

    @Test
    void aServerThatDoesNotBelieveTheProxySaysSo() throws IOException {
        String networks = db.value("SELECT @@proxy_protocol_networks");
        db.execute("SET GLOBAL proxy_protocol_networks = ''");
        try {
            for (String version : List.of("v1", "v2")) {
                // Its word may be lost when it closes the connection at once.
                assertThat(refused(CLIENT, "v2", "app " + version).message()).matches(
                        "Proxy header is not accepted from 127\\.0\\.0\\.1|(Server closed the|Error on) connection.*"
                                + "; it may not take headers of the PROXY protocol from this proxy");
            }
        } finally {
            db.execute("SET GLOBAL proxy_protocol_networks = '" + networks + "'");
        }
    }

    @Test
    void balancersMayComeAndGoWhileTheListenerStays() throws Exception {
        try (RawClient direct = loggedIn(CLIENT, "switched-headerless", "local untold")) {
            reload(TRUSTING);
            try (RawClient balanced = loggedIn(CLIENT, "switched", "app v2")) {
                assertIsKnownAtTheServer(balanced);
                direct.ping();
                reload("{}");
                loggedIn(CLIENT, "switched-headerless", "local untold").close();
                try (RawClient client = client(CLIENT, "switched")) {
                    client.readGreeting();
                    assertThat(client.stream().read().err().message()).startsWith("Bad handshake");
                }
                proxy.awaitLine(line -> line.endsWith("Client begins with a header of the PROXY protocol, which the "
                        + "listener takes with the option proxy_protocol alone"));
                balanced.ping();
                direct.ping();
            }
        }
    }

    private static void reload(String switchedOptions) throws IOException, InterruptedException {
        long before = proxy.out().stream().filter("true"::equals).count();
        Files.writeString(directory.resolve("config.lua"), configuration(switchedOptions));
        proxy.process().signal("HUP");
        patiently().until(() -> proxy.out().stream().filter("true"::equals).count() > before);
    }

    /** In all the ways in which HAProxy looks whether a server is there. */
    @Test
    void checksOfTheBalancerAreNoClients() throws Exception {
        String server = "127.0.0.1:" + port;
        Path own = Files.createDirectory(directory.resolve("checks"));
        double before = checks();
        Map<String, String> checks = new LinkedHashMap<>();
        for (String how : List.of("send-proxy", "send-proxy-v2", "send-proxy-v2-ssl", "send-proxy-v2 port " + port,
                "send-proxy-v2 check-send-proxy port " + port)) {
            checks.put("way" + checks.size(), server + " check inter 200ms fall 1000 " + how);
        }
        checks.put("unix", "unix@" + directory.resolve("socket") + " check inter 200ms fall 1000 send-proxy-v2");
        checks.put("greeted", server + " check inter 1s fall 1000 send-proxy-v2\noption mysql-check");
        try (HaProxy checking = HaProxy.start(own, checks)) {
            patiently().until(() -> checks() > before + 14);
            assertThat(checking.said()).doesNotContain("is DOWN");
        }
        assertThat(proxy.log()).noneMatch(BalancerIT::isAboutACheck).noneMatch(line -> line.contains("Lua error"));
    }

    /** Clients that only connect come here, too, as tests begin; but they are somebody else than the balancer. */
    private static boolean isAboutACheck(String line) {
        boolean behindBalancer = line.contains(" listener=127.0.0.1:" + port + " ") || line.contains("/socket ");
        return line.contains("cause=proxy_check") || line.matches("\\[(\\S+:\\d+)] end .* proxy=\\1 .*")
                || (behindBalancer && line.contains("cause=client_closed") && !line.contains(" proxy="));
    }

    private static double checks() throws IOException, InterruptedException {
        return sample("myproxy_disconnects_total", "cause", "proxy_check");
    }

    @Test
    void theLogNamesClientAndBalancer() throws IOException {
        String client;
        try (RawClient connected = loggedIn(CLIENT, "v2", "app v2")) {
            client = address(connected);
        }
        assertThat(proxy.awaitLine(line -> line.startsWith("[" + client + " \"app\"] end ")))
                .matches(".* listener=127\\.0\\.0\\.1:" + port + " proxy=127\\.0\\.0\\.1:\\d+ server=.*");
    }

    @Test
    void onlyTheBalancerMayConnect() throws IOException {
        try (RawClient client = client(CLIENT, "untrusted")) {
            assertThat(client.stream().read().err()).isEqualTo(
                    new Err(1130, "", "Host '127.0.0.9' is not allowed to connect to this proxy"));
        }
        proxy.awaitLine(line -> line.matches("\\[127\\.0\\.0\\.1:" + port + "] Connection from 127\\.0\\.0\\.9:\\d+ "
                + "refused: the listener's proxy_protocol does not trust that address"));
    }

    @Test
    void withoutAHeaderNobodyIsGreeted() throws IOException {
        try (RawClient client = client(CLIENT, "headerless")) {
            client.stream().raw(new byte[]{1});
            assertThat(client.stream().read().err().message())
                    .isEqualTo("Bad handshake: connections to this proxy begin with a header of the PROXY protocol");
        }
    }
}
