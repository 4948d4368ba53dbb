package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners with options allow their clients, and what every listener allows clients that have not logged in. */
@ParameterizedClass
@ValueSource(strings = {"tcp", "unix"})
class LimitsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final Login ROOT = Login.clear(account("root", DB.socket()), "").with(Flags.LOCAL_FILES);
    private static final int EARLY_BYTES = 64 * 1024;

    private final SharedProxy proxy = SharedProxy.standard();
    private final boolean tcp;

    LimitsIT(String socket) {
        tcp = socket.equals("tcp");
    }

    @AfterAll
    static void nothingIsLost() throws IOException, InterruptedException {
        SharedProxy.standard().assertHealthy();
    }

    private RawClient connect(String listener) throws IOException {
        return RawClient.connect(tcp ? proxy.tcp(listener) : proxy.listener(listener));
    }

    private void assertCause(RawClient client, String cause) throws IOException {
        String id = "end id=" + client.greeting().connectionId() + " ";
        assertThat(proxy.process().awaitLine(line -> line.contains(id))).contains("cause=" + cause + " ");
    }

    @Test
    void clientThatDoesNotLogIn() throws IOException {
        try (RawClient client = connect("limits")) {
            client.readGreeting();
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isOne();
            assertThat(packet.err()).isEqualTo(new Err(1043, "08S01", "Login timeout"));
            client.expectEnd();
            assertCause(client, "login_timeout");
        }
    }

    @Test
    void moreClientsThanMayLogInAtATime() throws IOException {
        try (RawClient first = connect("few"); RawClient second = connect("few")) {
            first.readGreeting();
            second.readGreeting();
            try (RawClient third = connect("few")) {
                Packet packet = third.stream().read();
                assertThat(packet.sequence()).isZero();
                assertThat(packet.err()).isEqualTo(new Err(1040, "", "Too many connections"));
                third.expectEnd();
            }
            first.login(ROOT);
            try (RawClient fourth = connect("few")) {
                fourth.login(ROOT);
                fourth.ping();
            }
            String listener = (tcp ? proxy.tcp("few") : proxy.listener("few")).toString();
            proxy.process()
                    .awaitLine(line -> line.equals("[" + listener
                            + "] Too many connections: max_pending_logins is 2"));
        }
    }

    @Test
    void clientThatSendsNothing() throws IOException {
        try (RawClient client = connect("limits").login(ROOT)) {
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.err())
                    .isEqualTo(new Err(4031, "HY000", "The client was disconnected because of inactivity:"
                            + " this proxy's listener has idle_timeout = 0.4"));
            client.expectEnd();
            assertCause(client, "idle_timeout");
        }
    }

    @Test
    void clientThatWaitsForAnAnswer() throws IOException {
        try (RawClient client = connect("limits").login(ROOT)) {
            assertThat(client.query("SELECT SLEEP(0.9)").value()).isEqualTo("0");
            assertThat(client.stream().read().err().code()).isEqualTo(4031);
        }
    }

    @Test
    void clientThatReadsNothing() throws IOException {
        try (RawClient client = connect("limits").login(ROOT)) {
            client.send(Command.QUERY.payload("SELECT REPEAT('x', 60000000)"));
            assertCause(client, "write_timeout");
        }
    }

    @Test
    void clientThatIsNotOfferedLocalFiles() throws IOException {
        try (RawClient client = connect("limits"); FakeServer thief = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.localInfile("/etc/passwd");
        })) {
            assertThat(client.readGreeting().capabilities() & Flags.LOCAL_FILES).isZero();
            client.login(Login.clear(account("joe", thief.address()), "").with(Flags.LOCAL_FILES));
            assertThat(client.query("SELECT 1").last().err()).isEqualTo(new Err(1148, "42000",
                    "The server asked for a local file, which this client does not give"));
            client.expectEnd();
            assertCause(client, "server_malformed");
        }
        try (RawClient client = connect("limits").login(ROOT)) {
            assertThat(client.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE mysql.x").last().isErr()).isTrue();
        }
    }

    @Test
    void handshakeResponseOfMoreThanItMayHave() throws IOException {
        byte[] payload = ROOT.withAttributes(Map.of("a", "x".repeat(70_000))).write();
        for (RawClient client : new RawClient[]{connect("main"), RawClient.connect(DB.socket())}) {
            try (client) {
                client.readGreeting();
                client.stream().write(1, payload);
                Packet packet = client.stream().read();
                assertThat(packet.sequence()).isEqualTo(2);
                assertThat(packet.err()).isEqualTo(new Err(1043, "08S01", "Bad handshake"));
            }
        }
    }

    @Test
    void commandsThatComeWithTheLogin() throws IOException {
        String text = "x".repeat(EARLY_BYTES - 1000);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(PacketStream.frame(1, ROOT.write()));
        all.write(PacketStream.frame(0, Command.QUERY.payload("SELECT '" + text + "'")));
        all.write(PacketStream.frame(0, Command.QUERY.payload("SELECT 2")));
        try (RawClient client = connect("main")) {
            client.willUse(ROOT);
            client.stream().raw(all.toByteArray());

            assertThat(client.stream().read().isOk()).isTrue();
            assertThat(client.reply(Command.QUERY).value()).isEqualTo(text);
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("2");
        }
    }

    /** What comes before the login is complete waits in the system, not in the daemon. */
    @Test
    void clientThatSendsALotBeforeItIsLoggedIn() throws IOException {
        try (RawClient client = proxy.connect("login-forever")) {
            client.sendLogin(ROOT);
            ByteBuffer data = ByteBuffer.allocate(16 << 20);
            Awaitility.await().pollInterval(Duration.ofMillis(20)).during(Duration.ofMillis(300)).until(() -> {
                return client.stream().wire().writeSome(data) == 0;
            });
            assertThat(data.position()).as("what the socket and the daemon have taken").isBetween(1000, 1 << 20);
        }
    }

    /** A half-closed connection can't be left unread. */
    @Test
    void clientThatSendsALotAndClosesItsHalf() throws IOException {
        byte[] command = Command.QUERY.payload("SELECT '" + "x".repeat(100_000) + "'");
        try (RawClient client = proxy.connect("login-forever")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            client.willUse(ROOT);
            all.write(PacketStream.frame(1, ROOT.write()));
            all.write(PacketStream.frame(0, command));
            client.stream().raw(all.toByteArray());
            client.stream().wire().shutdownOutput();

            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err()).isEqualTo(new Err(1153, "08S01",
                    "Got commands of more than " + EARLY_BYTES + " bytes before the login was complete"));
            client.expectEnd();
        }
        assertThat(new String(command, StandardCharsets.US_ASCII)).hasSizeGreaterThan(EARLY_BYTES);
    }
}
