package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;

/** The four handlers of a script and the rules about what they may return. */
@ParameterizedClass
@ValueSource(strings = {"luajit", "luaj"})
class HandlersIT {

    private static final String LUA_ERROR = "Lua error";

    private final SharedProxy proxy;

    @TempDir
    private Path directory;

    private FakeServer server;

    HandlersIT(String engine) {
        proxy = SharedProxy.of(engine);
    }

    @BeforeEach
    void startServer() throws IOException {
        server = FakeServer.start(Endpoints.unix(directory.resolve("s")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        });
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-nothing", "connect-nil", "connect-last", "connect-sleep", "connect-notes",
            "login-sleep", "phase-nothing", "phase-sleep", "init-db", "all"})
    void logsInWhenHandlersLetItPass(String listener) throws IOException {
        try (RawClient client = proxy.loggedIn(listener, server.address())) {
            assertThat(client.query("SELECT through").value()).isEqualTo("through");
            client.ping();
        }
    }

    @Test
    void onConnectRefuses() throws IOException {
        refusedBeforeGreeting("connect-refuse", "Not today");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-fail", "connect-number"})
    void onConnectFails(String listener) throws IOException {
        refusedBeforeGreeting(listener, LUA_ERROR);
    }

    /** Before the greeting nobody knows whether the client reads SQLSTATEs, so there is none. */
    private void refusedBeforeGreeting(String listener, String message) throws IOException {
        try (RawClient client = proxy.connect(listener)) {
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.err()).isEqualTo(new Err(1043, "", message));
            client.expectEnd();
        }
    }

    @Test
    void onConnectChoosesTheVersion() throws IOException {
        try (RawClient client = proxy.connect("connect-version")) {
            assertThat(client.readGreeting().version()).isEqualTo("10.99.1-test");
        }
    }

    @Test
    void whoSpeaksBeforeTheGreetingIsHeardBehindIt() throws IOException {
        try (RawClient client = proxy.connect("connect-sleep")) {
            client.send(Command.PING.payload());
            client.readGreeting();
            assertThat(client.stream().read().err()).isEqualTo(new Err(1043, "08S01", "Bad handshake"));
            client.expectEnd();
        }
    }

    @Test
    void onHandshakeResponseRefuses() throws IOException {
        refusedAtLogin("login-refuse", Login.clear("joe", ""), "Go away, joe");
    }

    @Test
    void onHandshakeResponseRefusesAtLength() throws IOException {
        refusedAtLogin("login-long", Login.clear("joe", ""), "long ".repeat(1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"login-fail", "login-nothing", "login-wrong", "login-string", "login-attribute"})
    void onHandshakeResponseFails(String listener) throws IOException {
        refusedAtLogin(listener, Login.clear("joe", ""), LUA_ERROR);
    }

    @Test
    void onHandshakeResponseSeesTheLogin() throws IOException {
        String uid = Long.toString((Integer) java.nio.file.Files.getAttribute(directory, "unix:uid"));
        refusedAtLogin("login-show", Login.clear("joe", "pass word").withDatabase("shop"),
                "user=joe password=pass word database=shop uid=" + uid + " account=nil");
        refusedAtLogin("login-show", Login.clear("", ""),
                "user= password= database=nil uid=" + uid + " account=nil");
    }

    @Test
    void stringsPassByteForByte() throws IOException {
        refusedAtLogin("login-bytes", Login.clear("ä€😀", ""), "c3a4e282acf09f9880 ä€😀");
    }

    private void refusedAtLogin(String listener, Login login, String message) throws IOException {
        try (RawClient client = proxy.connect(listener)) {
            Packet packet = client.tryLogin(login);
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.err()).isEqualTo(new Err(1043, "08S01", message));
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"phase-fail", "phase-refuse"})
    void aFailureOfOnCommandPhaseIsToldToTheClient(String listener) throws IOException {
        try (RawClient client = proxy.connect(listener)) {
            assertThat(client.tryLogin(Login.clear(account("joe", server.address()), "")).isOk()).isTrue();
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).as("of what no command asked for").isZero();
            assertThat(packet.err()).isEqualTo(new Err(1047, "08S01", LUA_ERROR));
            client.expectEnd();
        }
    }

    @Test
    void commandsWaitForOnCommandPhase() throws IOException {
        try (RawClient client = proxy.loggedIn("phase-sleep", server.address())) {
            client.send(Command.PING.payload());
            client.send(Command.QUERY.payload("SELECT second"));
            assertThat(client.stream().isQuiet(Duration.ofMillis(50))).isTrue();
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("second");
        }
    }

    @Test
    void onCommandPhaseSeesTheServersVersion() throws IOException {
        try (RawClient client = proxy.loggedIn("phase-print", server.address())) {
            client.ping();
            proxy.process().awaitLine(line -> line.equals("command phase of root at 8.0.36"));
        }
    }

    @Test
    void notesLastAsLongAsTheClient() throws IOException {
        String user = account("notes", server.address());
        try (RawClient client = proxy.connect("all").login(Login.clear(user, ""))) {
            client.ping();
            proxy.process().awaitLine(line -> line.equals("notes of " + user + ": 6"));
        }
    }

    @Test
    void onInitDbChoosesTheDatabase() throws IOException {
        try (RawClient client = proxy.loggedIn("init-db", server.address())) {
            assertThat(client.run(Command.INIT_DB, bytes("alias_shop")).last().isOk()).isTrue();
            assertThat(server.connection().received().getLast().payload()).isEqualTo(Command.INIT_DB.payload("shop"));
            client.ping();
        }
    }

    @Test
    void aRefusedDatabaseLeavesTheSessionUsable() throws IOException {
        try (RawClient client = proxy.loggedIn("init-db", server.address())) {
            for (int i = 0; i < 3; i++) {
                Packet packet = client.run(Command.INIT_DB, bytes("denied" + i)).last();
                assertThat(packet.err()).isEqualTo(new Err(1044, "42000", "Not your database: denied" + i));
                assertThat(client.query("SELECT still").value()).isEqualTo("still");
            }
            assertThat(client.run(Command.INIT_DB, bytes("long")).err().message()).hasSize(5000);
            client.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "nothing"})
    void onInitDbFails(String database) throws IOException {
        try (RawClient client = proxy.loggedIn("init-db", server.address())) {
            Packet packet = client.run(Command.INIT_DB, bytes(database)).last();
            assertThat(packet.err()).isEqualTo(new Err(1044, "42000", LUA_ERROR));
        }
    }

    @Test
    void commandsBehindASlowOnInitDbKeepTheirOrder() throws IOException {
        try (RawClient client = proxy.loggedIn("init-db", server.address())) {
            client.send(Command.QUERY.payload("SELECT 1"));
            client.send(Command.INIT_DB.payload("slow"));
            client.send(Command.INIT_DB.payload("denied"));
            client.send(Command.QUERY.payload("SELECT 2"));
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("1");
            assertThat(client.reply(Command.INIT_DB).last().isOk()).isTrue();
            assertThat(client.reply(Command.INIT_DB).err().code()).isEqualTo(1044);
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("2");
        }
    }

    @Test
    void whatOneClientWaitsForNeverReachesAnother() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                clients.add(proxy.loggedIn("init-db", server.address()));
            }
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).send(Command.INIT_DB.payload("slow" + i));
                clients.get(i).send(Command.QUERY.payload("SELECT " + i));
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).reply(Command.INIT_DB).last().isOk()).isTrue();
                assertThat(clients.get(i).reply(Command.QUERY).value()).isEqualTo(Integer.toString(i));
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(server.connections().get(i).received().get(1).payload())
                        .isEqualTo(Command.INIT_DB.payload("slow" + i));
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void theRestOfALargeCommandIsNoCommand() throws IOException {
        try (RawClient client = proxy.loggedIn("init-db", server.address())) {
            byte[] query = new byte[Packet.MAX + 10];
            java.util.Arrays.fill(query, (byte) 'x');
            query[0] = (byte) Command.QUERY.code();
            System.arraycopy(Command.INIT_DB.payload("denied"), 0, query, Packet.MAX, 7);
            client.send(query);
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
        }
    }

    @Test
    void aFailureIsLoggedWithFileAndLine() throws IOException {
        try (RawClient client = proxy.connect("login-fail")) {
            client.tryLogin(Login.clear("joe", ""));
        }
        proxy.process().awaitLine(line -> line.matches("\\[pid=\\d+ uid=\\d+\\] .*config\\.lua:\\d+: boom.*"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
