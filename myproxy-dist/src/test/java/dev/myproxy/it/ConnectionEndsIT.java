package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One side closes its half of the connection, all of it, or breaks it: what it sent before is delivered first. */
@ParameterizedClass
@ValueSource(strings = {"tcp", "unix"})
class ConnectionEndsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final Login ROOT = Login.clear(account("root", DB.socket()), "");
    private static final List<String> QUERIES = List.of("SELECT 1", "SELECT REPEAT('x', 3000000)", "SELECT broken",
            "SELECT SLEEP(0.1)", "DO 1");

    private final SharedProxy proxy = SharedProxy.standard();
    private final boolean tcp;
    private int servers;

    @TempDir
    private Path directory;

    ConnectionEndsIT(String socket) {
        tcp = socket.equals("tcp");
    }

    @AfterAll
    static void nothingIsLost() throws IOException, InterruptedException {
        SharedProxy.standard().assertHealthy();
    }

    private RawClient connect() throws IOException {
        return RawClient.connect(tcp ? proxy.tcp() : proxy.listener("main"));
    }

    private RawClient connectToFirewall() throws IOException {
        return RawClient.connect(tcp ? proxy.tcp("query") : proxy.listener("query"));
    }

    private FakeServer server(FakeServer.Script script) throws IOException {
        Address address = tcp ? Endpoints.tcp(0) : Endpoints.unix(directory.resolve("server" + servers++));
        return FakeServer.start(address, c -> {
            c.greet();
            c.acceptAll();
            script.play(c);
        });
    }

    private static Login login(FakeServer server) {
        return Login.clear(account("joe", server.address()), "secret").with(Flags.LOCAL_FILES);
    }

    private static byte[] commands(List<String> queries) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String sql : queries) {
            all.write(PacketStream.frame(0, Command.QUERY.payload(sql)));
        }
        return all.toByteArray();
    }

    private static List<List<Packet>> answers(RawClient client) throws IOException {
        List<List<Packet>> answers = new ArrayList<>();
        for (int i = 0; i < QUERIES.size(); i++) {
            answers.add(client.reply(Command.QUERY).packets());
        }
        client.expectEnd();
        return answers;
    }

    private static List<List<Packet>> lastWords(RawClient client) throws IOException {
        client.stream().raw(commands(QUERIES));
        client.stream().wire().shutdownOutput();
        return answers(client);
    }

    @Test
    void clientThatClosesItsHalfGetsAllAnswers() throws IOException {
        List<List<Packet>> expected;
        try (RawClient direct = RawClient.connect(DB.socket()).loginNative(Login.clear("root", ""), "")) {
            expected = lastWords(direct);
        }
        try (RawClient client = connect().login(ROOT)) {
            assertThat(lastWords(client)).isEqualTo(expected);
        }
        try (RawClient client = connectToFirewall().login(ROOT)) {
            assertThat(lastWords(client)).isEqualTo(expected);
        }
    }

    @Test
    void clientThatSendsAllItHasBeforeItIsLoggedIn() throws IOException {
        try (RawClient client = connect()) {
            client.willUse(ROOT);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(PacketStream.frame(1, ROOT.write()));
            all.write(commands(QUERIES));
            client.stream().raw(all.toByteArray());
            client.stream().wire().shutdownOutput();

            assertThat(client.stream().read().isOk()).isTrue();
            assertThat(answers(client)).hasSameSizeAs(QUERIES);
        }
    }

    @Test
    void clientThatOnlyLogsIn() throws IOException {
        try (RawClient client = connect()) {
            client.sendLogin(ROOT);
            client.stream().wire().shutdownOutput();

            assertThat(client.stream().read().isOk()).isTrue();
            client.expectEnd();
        }
    }

    @Test
    void clientWhoseLastStatementsTheScriptThinksAbout() throws IOException {
        try (RawClient client = connectToFirewall().login(ROOT)) {
            client.stream().raw(commands(List.of("SELECT 'slow'", "SELECT 'forbidden'", "SELECT 'tenant_y'",
                    "SELECT 4")));
            client.stream().wire().shutdownOutput();

            assertThat(client.reply(Command.QUERY).value()).isEqualTo("slow");
            assertThat(client.reply(Command.QUERY).last().err().message()).contains("Not allowed");
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("prefix_y");
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("4");
            client.expectEnd();
        }
    }

    @Test
    void serverLearnsThatNothingFollowsBeforeItAnswers() throws IOException {
        try (FakeServer server = server(c -> {
            c.expect(Command.QUERY.payload("SELECT 1"));
            c.expectEnd();
            c.resultSet(List.of("a"), List.of(List.of("x".repeat(100_000))), Flags.AUTOCOMMIT);
        }); RawClient client = connect().login(login(server))) {
            client.send(Command.QUERY.payload("SELECT 1"));
            client.stream().wire().shutdownOutput();

            assertThat(client.reply(Command.QUERY).value()).hasSize(100_000);
            client.expectEnd();
        }
    }

    @Test
    void halfACommandIsThrownAway() throws IOException {
        try (FakeServer server = server(c -> {
            c.expect(Command.QUERY.payload("SELECT 1"));
            c.stall();
        }); RawClient client = connect().login(login(server))) {
            client.send(Command.QUERY.payload("SELECT 1"));
            client.stream().raw(Arrays.copyOf(PacketStream.frame(0, Command.QUERY.payload("SELECT 2")), 10));
            client.stream().wire().shutdownOutput();

            client.expectEnd();
            Awaitility.await().until(() -> server.active() == 0);
        }
    }

    /** A client that has been told nothing can be gone altogether: its server is told, and ends the session. */
    @Test
    void clientThatIsGoneWhileItsQueryRuns() throws IOException {
        CountDownLatch told = new CountDownLatch(1);
        try (FakeServer server = server(c -> {
            c.read();
            c.stall();
            told.countDown();
        }); RawClient client = connect().login(login(server))) {
            client.send(Command.QUERY.payload("SELECT 1"));
            Awaitility.await().until(() -> server.connection().received().size() == 2);
            client.stream().wire().close();
            Awaitility.await().until(() -> told.getCount() == 0 && server.active() == 0);
        }
    }

    @Test
    void whatAClientSentBeforeItBrokeTheConnection() throws IOException {
        byte[] query = PacketStream.frame(0, Command.QUERY.payload("INSERT 1"));
        for (int i = 0; i < 4; i++) {
            try (FakeServer server = server(c -> {
                c.expect(Command.QUERY.payload("INSERT 1"));
                c.expectEnd();
            })) {
                try (RawClient client = connect().login(login(server))) {
                    client.stream().raw(query);
                    client.stream().wire().reset();
                }
                Awaitility.await().until(() -> server.active() == 0);
                assertThat(server.failures()).isEmpty();
            }
        }
    }

    /** The server refuses a command while it is still being sent, and closes: the connection breaks, the reason arrives. */
    @Test
    void lastWordsOfAServerThatDoesNotReadEverything() throws IOException {
        Err tooLarge = new Err(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes");
        byte[] query = Command.QUERY.payload("x".repeat(15 << 20));
        for (int i = 0; i < 4; i++) {
            try (FakeServer server = server(c -> {
                c.stream().wire().readFully(java.nio.ByteBuffer.allocate(1000));
                c.send(1, new PayloadWriter().u8(0xff).u16(1153).text("#08S01" + tooLarge.message()).toByteArray());
            }); RawClient client = connect().login(login(server))) {
                Thread writer = Thread.ofVirtual().start(() -> {
                    try {
                        client.send(query);
                    } catch (IOException _) {
                        // Nobody reads it to its end.
                    }
                });
                Packet answer = client.stream().read();
                assertThat(answer.sequence()).isOne();
                assertThat(answer.err()).isEqualTo(tooLarge);
                client.stream().wire().close();
                Awaitility.await().until(() -> !writer.isAlive());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4031,HY000,server_idle_timeout", "1053,08S01,server_closed", "1927,70100,server_closed"})
    void serverThatSaysUnaskedWhyItGoes(int code, String sqlState, String cause) throws IOException {
        Err error = new Err(code, sqlState, "so be it " + directory);
        CountDownLatch seen = new CountDownLatch(1);
        try (FakeServer server = server(c -> {
            c.send(0, new PayloadWriter().u8(0xff).u16(code).text("#" + sqlState + error.message()).toByteArray());
            seen.await();
        }); RawClient client = connect().login(login(server))) {
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.err()).isEqualTo(error);
            client.expectEnd();
            String id = "end id=" + client.greeting().connectionId() + " ";
            assertThat(proxy.process().awaitLine(line -> line.contains(id))).contains("cause=" + cause + " ");
            seen.countDown();
        }
    }

    @Test
    void commandThatRacesWithThat() throws IOException {
        try (FakeServer server = server(c -> {
            c.read();
            c.send(0, new PayloadWriter().u8(0xff).u16(4031).text("#HY000idle").toByteArray());
            c.stall();
        }); RawClient client = connect().login(login(server))) {
            client.send(Command.PING.payload());
            client.send(Command.QUERY.payload("SELECT 1"));

            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.err().code()).isEqualTo(4031);
            client.expectEnd();
        }
    }

    /** MariaDB says nothing when wait_timeout is over. */
    @Test
    void serverThatClosesAnIdleConnection() throws IOException {
        try (RawClient client = connect().login(ROOT)) {
            client.query("SET wait_timeout = 1").good();
            client.expectEnd();
            String id = "end id=" + client.greeting().connectionId() + " ";
            assertThat(proxy.process().awaitLine(line -> line.contains(id))).contains("cause=server_closed ");
        }
    }
}
