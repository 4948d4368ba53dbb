package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadReader;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** COM_CHANGE_USER asks the script again, and what it decides is what the session becomes, at its server or at another. */
@ParameterizedClass
@MethodSource("servers")
class ChangeUserIT {

    private static final long TRACKING = Flags.MODERN | Flags.SESSION_TRACK;

    private final SharedProxy proxy = SharedProxy.standard();

    private final TestedServer db;

    @TempDir
    private Path directory;

    ChangeUserIT(Supplier<TestedServer> server) {
        db = server.get();
    }

    static List<Named<Supplier<TestedServer>>> servers() {
        return List.of(Named.of("MariaDB", EmbeddedMariaDb::shared), Named.of("MySQL", RealMySql::shared));
    }

    @BeforeEach
    void createAccounts() throws IOException {
        try (RawClient root = db.root()) {
            if (root.query("SHOW DATABASES LIKE 'changing'").textRows().isEmpty()) {
                db.createAccount("first", "secret 1", "changing");
                db.createAccount("second", "secret 2", "changing");
                db.execute("CREATE TABLE changing.t (a INT) ENGINE=InnoDB");
            }
        }
    }

    private RawClient first() throws IOException {
        return first("main");
    }

    private RawClient first(String listener) throws IOException {
        return proxy.connect(listener)
                .login(Login.clear(account("first", db.socket()), "secret 1").withDatabase("changing"));
    }

    private RawClient direct() throws IOException {
        RawClient client = RawClient.connect(db.socket());
        return client.login(Login.clear("root", "").withFlags(TRACKING).withAuth(client.greeting().plugin(),
                new byte[0]));
    }

    private static byte[] changeUser(String user, byte[] auth, String database, int charset, String plugin) {
        return new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(user).u8(auth.length).bytes(auth)
                .nulText(database).u16(charset).nulText(plugin).lenenc(0).toByteArray();
    }

    private static byte[] clear(String name, Address server, String password) {
        return clear(name, server, password, "changing");
    }

    private static byte[] clear(String name, Address server, String password, String database) {
        return changeUser(account(name, server), Scrambles.clear(password), database, 45, "mysql_clear_password");
    }

    /** Changes the user without a proxy: answers whatever the server asks until its OK or ERR. */
    private static Packet changeDirectly(RawClient client, byte[] command, String password) throws IOException {
        client.send(command);
        while (true) {
            Packet packet = client.stream().read();
            int next = packet.sequence() + 1;
            if (packet.first() == 0xfe) {
                var request = packet.body();
                boolean sha2 = request.nulText().equals("caching_sha2_password");
                byte[] salt = request.bytes(20);
                client.stream().write(next, sha2
                        ? Scrambles.cachingSha2(password, salt)
                        : Scrambles.nativePassword(password, salt));
            } else if (packet.first() == 1 && packet.payload()[1] == 4) {
                client.stream().write(next, Scrambles.clear(password));
            } else if (packet.first() != 1) {
                return packet;
            }
        }
    }

    private static void assertOk(Packet packet) {
        assertThat(packet.isOk()).as("%s", packet).isTrue();
        assertThat(packet.sequence()).isEqualTo(1);
    }

    private static String connectionId(RawClient client) throws IOException {
        return client.query("SELECT CONNECTION_ID()").value();
    }

    /** What must not survive: in the session first of all. */
    private static long leaveThingsBehind(RawClient client) throws IOException {
        client.query("SET @left = 'behind'").good();
        client.query("CREATE TEMPORARY TABLE gone (a INT)").good();
        client.query("SET NAMES latin1").good();
        client.query("SET autocommit = 0").good();
        client.query("INSERT INTO changing.t VALUES (1)").good();
        client.query("USE information_schema").good();
        return client.run(Command.STMT_PREPARE, "SELECT 1".getBytes(StandardCharsets.UTF_8)).statementId();
    }

    private static void assertNothingLeft(RawClient client, long statement, String user) throws IOException {
        assertThat(client.query("SELECT CONCAT_WS(' ', CURRENT_USER(), DATABASE(), @left, @@autocommit + 0,"
                + " @@character_set_client)").value()).isEqualTo(user + "@% changing 1 utf8mb4");
        assertThat(client.query("SELECT * FROM gone").err().code()).isEqualTo(1146);
        assertThat(client.query("SELECT COUNT(*) FROM changing.t").value()).as("rolled back").isEqualTo("0");
        assertThat(client.run(Command.STMT_EXECUTE,
                new PayloadWriter().u32(statement).u8(0).u32(1).toByteArray()).err().code()).isEqualTo(1243);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void sessionAtTheSameServerKeepsItsConnectionAndNothingElse(String user) throws IOException {
        try (RawClient client = first()) {
            String id = connectionId(client);
            long statement = leaveThingsBehind(client);

            client.send(clear(user, db.socket(), user.equals("first") ? "secret 1" : "secret 2"));

            assertOk(client.stream().read());
            assertThat(connectionId(client)).isEqualTo(id);
            assertNothingLeft(client, statement, user);
        }
    }

    @Test
    void sessionAtAnotherServerHasANewConnection() throws IOException {
        try (RawClient client = first()) {
            String id = connectionId(client);
            long statement = leaveThingsBehind(client);

            client.send(clear("second", db.tcp(), "secret 2"));

            assertOk(client.stream().read());
            assertThat(connectionId(client)).isNotEqualTo(id);
            assertNothingLeft(client, statement, "second");
            assertThat(db.value("SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id)).isEqualTo("0");
        }
    }

    @Test
    void sessionGoesThereAndBackAgain() throws IOException {
        try (RawClient client = first()) {
            for (int i = 0; i < 3; i++) {
                client.send(clear("second", db.tcp(), "secret 2"));
                assertOk(client.stream().read());
                client.send(clear("first", db.tcp(), "secret 1"));
                assertOk(client.stream().read());
                client.send(clear("first", db.socket(), "secret 1"));
                assertOk(client.stream().read());
                assertThat(client.query("SELECT CURRENT_USER()").value()).isEqualTo("first@%");
            }
        }
    }

    @Test
    void lastPacketIsTheServersOwn() throws IOException {
        Packet direct;
        List<Packet> after;
        try (RawClient client = direct()) {
            client.query("SET autocommit = 0").good();
            direct = changeDirectly(client, changeUser("first", new byte[0], "changing", 45, "unknown"), "secret 1");
            after = client.run(Command.INIT_DB, "nowhere".getBytes(StandardCharsets.UTF_8)).packets();
        }
        try (RawClient client = proxy.connect()) {
            client.login(Login.clear(account("root", db.socket()), "").withFlags(TRACKING));
            client.query("SET autocommit = 0").good();
            client.send(clear("first", db.socket(), "secret 1"));

            assertThat(client.stream().read().payload()).isEqualTo(direct.payload());
            assertThat(client.run(Command.INIT_DB, "nowhere".getBytes(StandardCharsets.UTF_8)).packets())
                    .isEqualTo(after);
        }
    }

    /** As with MySQL. MariaDB itself would go on with the old user, whom the script has done with. */
    @Test
    void wrongPasswordEndsTheSessionWithTheServersError() throws IOException {
        Packet direct;
        try (RawClient client = direct()) {
            direct = changeDirectly(client, changeUser("first", new byte[0], "changing", 45, "unknown"), "wrong");
        }
        try (RawClient client = first()) {
            client.send(clear("first", db.socket(), "wrong"));

            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(1);
            assertThat(packet.err()).isEqualTo(direct.err());
            client.expectEnd();
        }
    }

    @Test
    void unknownDatabaseEndsTheSessionWithTheServersError() throws IOException {
        Packet direct;
        try (RawClient client = direct()) {
            direct = changeDirectly(client, changeUser("root", new byte[0], "nowhere", 45, "unknown"), "");
        }
        try (RawClient client = proxy.connect()) {
            client.login(Login.clear(account("root", db.socket()), "").withFlags(TRACKING));
            client.send(clear("root", db.socket(), "", "nowhere"));

            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(1);
            assertThat(packet.err()).isEqualTo(direct.err());
            client.expectEnd();
        }
    }

    @Test
    void refusalOfTheScriptEndsTheSession() throws IOException {
        try (RawClient client = first()) {
            client.send(changeUser("nonsense", Scrambles.clear("x"), "", 45, "mysql_clear_password"));

            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isEqualTo(1);
            assertThat(packet.err().message()).isEqualTo("The user name should be: ACCOUNT SERVER");
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 33, 45, 224, 255, 0x1ff})
    void charsetIsTheOneOfTheRequest(int charset) throws IOException {
        assertCharsets(changeUser("first", new byte[0], "changing", charset, "unknown"), changeUser(
                account("first", db.socket()), Scrambles.clear("secret 1"), "changing", charset,
                "mysql_clear_password"));
    }

    @Test
    void fieldsThatOldClientsLeaveOutAreTheServersOwn() throws IOException {
        byte[] answer = Scrambles.clear("secret 1");
        byte[] shortest = new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(account("first", db.socket()))
                .u8(answer.length).bytes(answer).toByteArray();
        assertCharsets(changeUser("first", new byte[0], "", 0, "unknown"), shortest);
        assertCharsets(changeUser("first", new byte[0], "", 0, "unknown"), Arrays.copyOf(shortest,
                shortest.length + 1));
    }

    private void assertCharsets(byte[] direct, byte[] proxied) throws IOException {
        List<Packet> expected;
        try (RawClient client = direct()) {
            Packet ok = changeDirectly(client, direct, "secret 1");
            assertThat(ok.isOk()).as("%s", ok).isTrue();
            expected = charsets(client);
        }
        try (RawClient client = proxy.connect()) {
            client.login(Login.clear(account("root", db.socket()), "").withFlags(TRACKING));
            client.send(proxied);
            assertOk(client.stream().read());
            assertThat(charsets(client)).isEqualTo(expected);
        }
    }

    private static List<Packet> charsets(RawClient client) throws IOException {
        Reply reply = client.query("SELECT @@character_set_client, @@collation_connection, @@character_set_results,"
                + " DATABASE()");
        return reply.good().packets();
    }

    @Test
    void scriptThatSleepsMeanwhileKeepsTheConnection() throws IOException {
        try (RawClient client = first("login-sleep")) {
            String id = connectionId(client);
            client.stream().raw(new PayloadWriter()
                    .bytes(PacketStream.frame(0, clear("second", db.socket(), "secret 2")))
                    .bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT CONNECTION_ID()"))).toByteArray());

            assertOk(client.stream().read());
            assertThat(client.reply(Command.QUERY).value()).isEqualTo(id);
        }
    }

    @Test
    void serverThatKillsTheConnectionMeanwhileIsConnectedToAnew() throws IOException {
        try (RawClient client = first("login-sleep")) {
            String id = connectionId(client);
            client.send(clear("second", db.socket(), "secret 2"));
            db.execute("KILL " + id);

            assertOk(client.stream().read());
            assertThat(connectionId(client)).isNotEqualTo(id);
        }
    }

    @Test
    void scrambleIsAnsweredWithARequestForThePassword() throws IOException {
        try (RawClient client = first()) {
            client.send(changeUser(account("second", db.socket()), new byte[20], "changing", 45,
                    "mysql_native_password"));
            Packet request = client.stream().read();
            assertThat(request.sequence()).isEqualTo(1);
            assertThat(request.first()).isEqualTo(0xfe);
            PayloadReader in = request.body();
            assertThat(in.nulText()).isEqualTo("caching_sha2_password");
            client.stream().write(2, Scrambles.cachingSha2("secret 2", in.bytes(20)));
            assertThat(client.stream().read().payload()).containsExactly(1, 4);
            client.stream().write(4, Scrambles.clear("secret 2"));
            Packet ok = client.stream().read();
            assertThat(ok.sequence()).isEqualTo(5);
            assertThat(ok.isOk()).isTrue();
            assertThat(client.query("SELECT CURRENT_USER()").value()).isEqualTo("second@%");
        }
    }

    @Test
    void leadsToAnotherServerInTheMiddleOfAPipeline() throws IOException {
        try (FakeServer other = FakeServer.start(Endpoints.unix(directory.resolve("s")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        }); RawClient client = first()) {
            client.stream().raw(new PayloadWriter().bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT 1")))
                    .bytes(PacketStream.frame(0, clear("x", other.address(), "")))
                    .bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT other")))
                    .bytes(PacketStream.frame(0, Command.PING.payload())).toByteArray());
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("1");
            assertThat(client.reply(Command.CHANGE_USER).last().isOk()).isTrue();
            assertThat(client.reply(Command.QUERY).value()).isEqualTo("other");
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
        }
    }

    @Test
    void truncatedRequestEndsTheSession() throws IOException {
        try (RawClient client = first()) {
            client.send(Command.CHANGE_USER.payload("no end"));
            client.stream().readEnd().ifPresent(packet -> assertThat(packet.err().sqlState()).hasSize(5));
        }
    }
}
