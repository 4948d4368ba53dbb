package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.cluster.Cluster;
import dev.myproxy.cluster.ClusterBus;
import dev.myproxy.cluster.NodeState;
import dev.myproxy.cluster.NodeStatus;
import dev.myproxy.dist.PlayedServer.Mood;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.session.SessionBus;
import dev.myproxy.session.SessionSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts, clusters, health checks and sessions together, with three servers that are played. */
class ClusterSessionsTest {

    private static final int CLIENTS = 12;

    private final List<PlayedServer> servers = new ArrayList<>();
    private PlayedServer one;
    private PlayedServer two;
    private PlayedServer three;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        for (String name : List.of("one", "two", "three")) {
            servers.add(new PlayedServer(name));
        }
        one = servers.get(0);
        two = servers.get(1);
        three = servers.get(2);
    }

    @AfterEach
    void stop() throws IOException {
        for (PlayedServer server : servers) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"luajit", "luaj"})
    void writersFollowThePrimary(String engine) throws Exception {
        // given a primary and two replicas
        two.readOnly(true);
        three.readOnly(true);
        try (InProcess proxy = proxy(engine, """
                                             monitoring = true, user = 'check', password = 'x', no_read_only = true,
                                             disconnect_unavailable = true, interval = 0.1""")) {
            known(proxy);
            List<RawClient> writers = clients(proxy, "writer");
            assertThat(writers).allSatisfy(client -> assertThat(server(client)).isEqualTo("one"));
            // when another one is promoted
            one.readOnly(true);
            two.readOnly(false);
            // then all sessions are told to go, and come to the new primary
            for (RawClient client : writers) {
                assertThat(farewell(client).message()).isEqualTo("Node is unavailable");
            }
            state(proxy, two, NodeState.ALIVE);
            for (RawClient client : clients(proxy, "writer")) {
                assertThat(server(client)).isEqualTo("two");
            }
            assertThat(three.writersWhileReadOnly()).isZero();
        }
    }

    @Test
    void aPromotionIsNoticedLongBeforeTheNextCheckIsDue() throws Exception {
        // given a primary and two replicas that are checked about every 45 seconds, which is more than this test waits
        two.readOnly(true);
        three.readOnly(true);
        try (InProcess proxy = proxy("luajit",
                "monitoring = true, user = 'check', password = 'x', no_read_only = true, interval = 45")) {
            known(proxy);
            // when a client finds the primary gone
            one.stop();
            try (RawClient client = proxy.client()) {
                assertThat(client.tryLogin(Login.clear("writer", "pw")).err().message()).isEqualTo("Connection error");
            }
            state(proxy, one, NodeState.DEAD);
            // and a replica is promoted
            two.readOnly(false);
            // then the proxy sees it, and no writer has come to a replica
            state(proxy, two, NodeState.ALIVE);
            try (RawClient client = proxy.client("writer")) {
                assertThat(server(client)).isEqualTo("two");
            }
            assertThat(two.writersWhileReadOnly() + three.writersWhileReadOnly()).isZero();
        }
    }

    @Test
    void readersAreAtReplicasAndLeaveTheDead() throws Exception {
        two.readOnly(true);
        three.readOnly(true);
        try (InProcess proxy = proxy("luajit", """
                                               monitoring = true, user = 'check', password = 'x', no_read_only = true,
                                               disconnect_unavailable = true, interval = 0.1""")) {
            known(proxy);
            Map<String, RawClient> readers = new HashMap<>();
            for (int i = 0; i < 100 && readers.size() < 2; i++) {
                RawClient client = proxy.client("reader" + i);
                readers.putIfAbsent(server(client), client);
            }
            assertThat(readers).containsOnlyKeys("two", "three");
            // when one takes nobody any more
            two.is(Mood.CLOSES);
            // then its sessions are told so, though their connections stand
            assertThat(farewell(Objects.requireNonNull(readers.get("two"))).message())
                    .isEqualTo("Node is unavailable");
            // and the others stay
            assertThat(server(Objects.requireNonNull(readers.get("three")))).isEqualTo("three");
            assertThat(server(proxy.client("reader"))).isEqualTo("three");
        }
    }

    @Test
    void aServerThatRefusesCostsNoLogin() throws Exception {
        // given servers that are checked once an hour
        try (InProcess proxy = proxy("luajit", "monitoring = true, interval = 3600")) {
            known(proxy);
            Map<String, String> homes = homes(proxy);
            assertThat(homes.values()).contains("one", "two", "three");
            // when one dies
            one.stop();
            // then all logins succeed, and only its own accounts move
            Map<String, String> refuges = homes(proxy);
            assertThat(refuges.values()).doesNotContain("one");
            assertThat(refuges).allSatisfy((user, refuge) -> {
                if (!"one".equals(homes.get(user))) {
                    assertThat(refuge).isEqualTo(homes.get(user));
                }
            });
            // and the first of them has had it checked
            state(proxy, one, NodeState.DEAD);
        }
    }

    @Test
    void accountsComeBackWhenTheirServerDoes() throws Exception {
        try (InProcess proxy = proxy("luajit", "monitoring = true, interval = 0.1")) {
            known(proxy);
            Map<String, String> homes = homes(proxy);
            one.stop();
            state(proxy, one, NodeState.DEAD);
            assertThat(homes(proxy)).doesNotContainValue("one");
            one.start();
            state(proxy, one, NodeState.ALIVE);
            assertThat(homes(proxy)).isEqualTo(homes);
        }
    }

    @Test
    void theFirstClientThatReachesADeadServerBringsItBack() throws Exception {
        // given three servers that were dead when they were checked, which happens once an hour
        for (PlayedServer server : servers) {
            server.stop();
        }
        try (InProcess proxy = proxy("luajit", "monitoring = true, interval = 3600")) {
            known(proxy);
            // when they are back
            for (PlayedServer server : servers) {
                server.start();
            }
            // then logins succeed, and the check follows
            try (RawClient client = proxy.client("joe")) {
                PlayedServer home = home(client);
                state(proxy, home, NodeState.ALIVE);
            }
        }
    }

    @Test
    void withoutChecksLoginsGoOnToo() throws Exception {
        try (InProcess proxy = proxy("luajit", "")) {
            two.stop();
            three.is(Mood.IS_FULL);
            assertThat(homes(proxy).values()).containsOnly("one");
        }
    }

    @Test
    void aServerThatIsFullIsNotDead() throws Exception {
        one.is(Mood.IS_FULL);
        try (InProcess proxy = proxy("luajit", "monitoring = true, user = 'check', password = 'x', interval = 0.1")) {
            state(proxy, one, NodeState.OVERLOADED);
            known(proxy);
            assertThat(homes(proxy).values()).doesNotContain("one");
            two.stop();
            three.stop();
            state(proxy, two, NodeState.DEAD);
            state(proxy, three, NodeState.DEAD);
            // what the servers say is what the client hears
            try (RawClient client = proxy.client()) {
                assertThat(client.tryLogin(Login.clear("joe", "pw")).err().code()).isEqualTo(1040);
            }
        }
    }

    @Test
    void clientsHearWhatTheyWaitedFor() throws Exception {
        for (PlayedServer server : servers) {
            server.is(Mood.HANGS);
        }
        try (InProcess proxy = proxy("luajit", "monitoring = true, interval = 3600, ready_timeout = 0.3");
                RawClient patient = proxy.client()) {
            try (RawClient impatient = proxy.client()) {
                impatient.sendLogin(Login.clear("joe", "pw"));
            }
            Err error = patient.tryLogin(Login.clear("joe", "pw")).err();
            assertThat(error).isEqualTo(new Err(1043, "08S01", "No server of the cluster is ready: waiting for the"
                    + " first check of " + one.address() + ", " + two.address() + ", " + three.address()));
        }
    }

    @Test
    void clientsWaitForTheFirstCheck() throws Exception {
        for (PlayedServer server : servers) {
            server.is(Mood.HANGS);
        }
        try (InProcess proxy = proxy("luajit", "monitoring = true, interval = 0.1, timeout = 1");
                RawClient client = proxy.client()) {
            client.sendLogin(Login.clear("joe", "pw"));
            two.is(Mood.WORKS);
            three.is(Mood.WORKS);
            one.is(Mood.WORKS);
            // the first checks hang until their timeout; all are dead then, and tried all the same
            assertThat(client.stream().read().isOk()).isTrue();
        }
    }

    @Test
    void clustersMadeInHandlersAreWatchedOnce() throws Exception {
        try (InProcess proxy = InProcess.start("luajit", directory,
                """
                mysql_listen(socket, {on_handshake_response = function(client, login)
                    client.account = login.user
                    return client:connect(mysql_cluster(%s, {monitoring = true, interval = 3600}), login)
                end})
                """.formatted(addresses()))) {
            for (int i = 0; i < 10; i++) {
                proxy.client("user" + i).close();
            }
            assertThat(clusters(proxy)).hasSize(1);
        }
    }

    @Test
    void sessionsKnowTheServerThatTheyWereGiven() throws Exception {
        try (InProcess proxy = proxy("luajit", "monitoring = true, interval = 3600");
                RawClient client = proxy.client("joe")) {
            PlayedServer home = home(client);
            List<SessionSnapshot> sessions = proxy.vertx()
                    .eventBus().<SessionBus.Listing>request(SessionBus.LIST, new SessionBus.ListAll()).await().body()
                    .sessions();
            assertThat(sessions).singleElement()
                    .satisfies(session -> assertThat(session.server()).contains(home.address()));
        }
    }

    private InProcess proxy(String engine, String options) throws Exception {
        return InProcess.start(engine, directory,
                """
                local cluster = mysql_cluster(%s, {%s})
                mysql_listen(socket, {on_handshake_response = function(client, login)
                    client.account = login.user
                    return client:connect(cluster, login, {read_only = login.user:find('^reader') ~= nil})
                end})
                """.formatted(addresses(), options));
    }

    private String addresses() {
        return "{'" + one.address() + "', '" + two.address() + "', '" + three.address() + "'}";
    }

    private static List<RawClient> clients(InProcess proxy, String name) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(proxy.client(name + i));
        }
        return clients;
    }

    /** Which server each of sixty accounts comes to. */
    private static Map<String, String> homes(InProcess proxy) throws IOException {
        Map<String, String> homes = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            try (RawClient client = proxy.client("user" + i)) {
                homes.put("user" + i, server(client));
            }
        }
        return homes;
    }

    private static String server(RawClient client) throws IOException {
        return client.query("SELECT name").textRows().getFirst().getFirst();
    }

    private PlayedServer home(RawClient client) throws IOException {
        String name = server(client);
        return servers.stream().filter(server -> server.name().equals(name)).findFirst().orElseThrow();
    }

    private static Err farewell(RawClient client) throws IOException {
        Packet last = client.stream().read();
        client.expectEnd();
        return last.err();
    }

    private static List<Cluster> clusters(InProcess proxy) {
        return proxy.vertx().eventBus().<ClusterBus.Listing>request(ClusterBus.LIST, null).await().body().clusters();
    }

    private static List<NodeStatus> nodes(InProcess proxy) {
        return clusters(proxy).getFirst().nodes();
    }

    /** Waits until all have been checked. */
    private static void known(InProcess proxy) {
        patiently().until(() -> nodes(proxy).stream().noneMatch(node -> node.state() == NodeState.UNKNOWN));
    }

    private static void state(InProcess proxy, PlayedServer server, NodeState state) {
        patiently().untilAsserted(() -> assertThat(nodes(proxy)).filteredOn(
                node -> node.address().equals(server.address())).extracting(NodeStatus::state).containsExactly(state));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
