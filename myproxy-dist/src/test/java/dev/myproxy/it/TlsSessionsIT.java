package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.tls.TestEngines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How sessions with TLS on one side or on both go on, and how they end. With {@code -Dmyproxy.long=true} all is tried with TLS on
 * either side, too; {@code -Dmyproxy.it.megabytes} says how much passes at once.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OwnServers
class TlsSessionsIT {

    /** Where there is TLS. */
    enum Place {
        BOTH, FRONT, BACK;

        RawClient client() throws IOException {
            RawClient client = RawClient.connect(Endpoints.unix(directory.resolve(name().toLowerCase(Locale.ROOT))))
                    .limit(PATIENCE);
            Login login = Login.clear("joe", "secret").with(Flags.LOCAL_FILES).withDatabase("ends");
            if (this == BACK) {
                return client.login(login);
            }
            Packet answer = client.encrypt(login, TestEngines.client()).tryEncryptedLogin(login);
            assertThat(answer.isOk()).as("%s", answer).isTrue();
            return client;
        }
    }

    private static final boolean LONG = Boolean.getBoolean("myproxy.long");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Bulk BULK = new Bulk(Integer.getInteger("myproxy.it.megabytes", 20));
    private static final Err SHUTDOWN = new Err(1053, "08S01", "Server shutdown in progress");

    @TempDir
    private static Path directory;

    private static TlsMariaDb server;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = TlsMariaDb.start();
        server.db().createAccount("joe", "secret", "ends");
        server.db().execute("GRANT SELECT ON mysql.* TO joe", "CREATE TABLE ends.t (id INT)");
        proxy = ProxyProcess.startWatchingBuffers(directory,
                """
                local function listen(name, tls)
                    mysql_listen('%s/' .. name, {on_handshake_response = function(client, login)
                        return client:connect('%s', login, {tls = tls})
                    end})
                end
                listen('both', {ca = '%s'})
                listen('front')
                listen('back', {ca = '%3$s'})
                """.formatted(directory, server.tcp(), server.authority()));
    }

    @AfterAll
    static void stop() throws IOException {
        try (TlsMariaDb _ = server; ProxyProcess stopped = proxy) {
            assertThat(stopped.log()).noneMatch(line -> line.contains("LEAK") || line.contains("Exception"));
        }
    }

    static List<Place> someOrAll() {
        return LONG ? List.of(Place.values()) : List.of(Place.BOTH);
    }

    private static RawClient direct() throws IOException {
        return server.client(Login.clear("joe", "secret").with(Flags.LOCAL_FILES).withDatabase("ends"), "secret")
                .limit(PATIENCE);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    /** How many sessions the account has at the server. */
    private static String sessions() throws IOException {
        return server.db().value("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'joe'");
    }

    private static List<Packet> untilTheEnd(RawClient client) {
        List<Packet> packets = new ArrayList<>();
        try {
            for (Optional<Packet> next = client.stream().readEnd(); next.isPresent(); next = client.stream()
                    .readEnd()) {
                packets.add(next.get());
            }
        } catch (IOException _) {
            // Reset: the end too.
        }
        return packets;
    }

    private static String end(RawClient client) throws IOException {
        String id = "end id=" + client.greeting().connectionId() + " ";
        return proxy.awaitLine(line -> line.contains(id));
    }

    private static List<Packet> killed(RawClient client, String what) throws IOException {
        String id = client.query("SELECT CONNECTION_ID()").value();
        client.send(Command.QUERY.payload("SELECT /* %s */ SLEEP(300)".formatted(id)));
        await().until(() -> server.db().value("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE "
                + "'SELECT /* " + id + " */%'").equals("1"));
        server.db().execute("KILL " + what + id);
        return what.startsWith("QUERY") ? client.reply(Command.QUERY).packets() : untilTheEnd(client);
    }

    @ParameterizedTest
    @MethodSource("someOrAll")
    @Order(1)
    void killedQueriesAndSessions(Place place) throws IOException {
        try (RawClient direct = direct(); RawClient client = place.client()) {
            assertThat(killed(client, "QUERY ")).isEqualTo(killed(direct, "QUERY "));
            client.ping();
            assertThat(killed(client, "")).last().matches(packet -> packet.err().code() == 1927
                    || packet.err().code() == 1047);
            assertThat(end(client)).contains("cause=server_closed ");
        }
    }

    /** Its last statement is on its way when it takes leave, or just goes. */
    @ParameterizedTest
    @EnumSource
    @Order(1)
    void whatAClientSentBeforeItLeft(Place place) throws IOException {
        server.db().execute("TRUNCATE ends.t");
        for (int i = 0; i < 5; i++) {
            try (RawClient client = place.client()) {
                client.send(Command.QUERY.payload("INSERT INTO t VALUES (1)"));
                if (place != Place.BACK) {
                    client.stream().wire().closeNotify();
                }
            }
            try (RawClient client = place.client()) {
                client.send(Command.QUERY.payload("INSERT INTO t VALUES (2)"));
            }
        }
        await().untilAsserted(
                () -> assertThat(server.db().value("SELECT CONCAT(SUM(id = 1), ' ', SUM(id = 2)) FROM ends.t"))
                        .isEqualTo("5 5"));
        await().untilAsserted(() -> assertThat(sessions()).isEqualTo("0"));
    }

    /** It sends no more, though without saying so within TLS, and gets all answers. */
    @ParameterizedTest
    @EnumSource
    @Order(1)
    void aClientThatClosesItsHalf(Place place) throws IOException {
        try (RawClient client = place.client()) {
            client.send(Command.QUERY.payload("SELECT SLEEP(0.1)"));
            client.send(Command.QUERY.payload("SELECT REPEAT('x', 300000)"));
            client.stream().wire().shutdownOutput();
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("0");
            assertThat(client.reply(Command.QUERY).value()).hasSize(300_000);
            client.expectEnd();
        }
    }

    /** A client that is gone in the middle of a result leaves nothing at the server. */
    @ParameterizedTest
    @MethodSource("someOrAll")
    @Order(1)
    void aClientThatIsGoneInTheMiddle(Place place) throws IOException {
        RawClient client = place.client();
        client.send(Command.QUERY.payload(BULK.sql()));
        client.stream().read();
        client.stream().wire().reset();
        await().untilAsserted(() -> assertThat(sessions()).isEqualTo("0"));
        assertThat(end(client)).contains("cause=client_");
    }

    /** All at once, as each waits for a second. */
    @Test
    @Order(1)
    void serversThatTireOfWaiting() throws IOException {
        List<RawClient> all = new ArrayList<>();
        for (Place place : Place.values()) {
            RawClient client = place.client();
            client.query("SET wait_timeout = 1").good();
            all.add(client);
        }
        for (RawClient client : all) {
            client.expectEnd();
            assertThat(end(client)).contains("cause=server_closed ");
            client.close();
        }
    }

    @ParameterizedTest
    @MethodSource("someOrAll")
    @Order(1)
    void muchAtOnceTakesNoMemory(Place place) throws Exception {
        try (RawClient client = place.client()) {
            MemoryWatch.of(proxy.process(), "result, " + place, () -> BULK.read(client));
            BULK.prepare(client);
            MemoryWatch.of(proxy.process(), "file, " + place, () -> BULK.send(client));
            BULK.checkSent(client);
        }
    }

    @Test
    @Order(2)
    void aServerThatIsKilledInTheMiddle() throws Exception {
        List<RawClient> all = new ArrayList<>();
        for (Place place : Place.values()) {
            RawClient client = place.client();
            client.send(Command.QUERY.payload(BULK.sql()));
            client.stream().read();
            all.add(client);
            all.add(place.client());
        }
        server.db().kill();
        for (RawClient client : all) {
            readWhatIsLeft(client);
            assertThat(end(client)).contains("cause=server_closed ");
            client.close();
        }
        server.db().restart();
        for (Place place : Place.values()) {
            try (RawClient client = place.client()) {
                client.ping();
            }
        }
    }

    /** Nothing, or rows that were under way, whole, then perhaps an ERR; or the end in the middle of a row. */
    private static void readWhatIsLeft(RawClient client) {
        try {
            assertThat(untilTheEnd(client)).filteredOn(Packet::isErr).allMatch(packet -> packet.err().code() == 1047);
        } catch (AssertionError e) {
            assertThat(e).hasMessage("an incomplete packet before the end");
        }
    }

    @Test
    @Order(3)
    void theDaemonLetsThemGo() throws Exception {
        List<RawClient> idle = new ArrayList<>();
        List<RawClient> busy = new ArrayList<>();
        for (Place place : Place.values()) {
            idle.add(place.client());
            RawClient client = place.client();
            client.query("START TRANSACTION").good();
            busy.add(client);
        }
        proxy.process().signal("TERM");
        for (RawClient client : idle) {
            assertSentAway(client);
        }
        for (RawClient client : busy) {
            client.query("SELECT 1").good();
            client.query("COMMIT").good();
            assertSentAway(client);
        }
        assertThat(proxy.process().waitForEnd()).isZero();
    }

    private static void assertSentAway(RawClient client) throws IOException {
        Packet packet = client.stream().read();
        assertThat(packet.sequence()).isZero();
        assertThat(packet.err()).isEqualTo(SHUTDOWN);
        client.expectEnd();
        client.close();
    }
}
