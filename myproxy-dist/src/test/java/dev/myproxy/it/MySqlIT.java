package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import dev.myproxy.peers.Scrambles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real MySQL behind the daemon: what it does otherwise than MariaDB. */
class MySqlIT {

    private static final String SHA2 = "caching_sha2_password";

    private static RealMySql server;

    private final SharedProxy proxy = SharedProxy.standard();

    @BeforeAll
    static void start() throws IOException {
        server = RealMySql.shared();
        server.execute("CREATE DATABASE IF NOT EXISTS mine",
                "CREATE TABLE IF NOT EXISTS mine.t (id INT PRIMARY KEY, v VARCHAR(100), d DATETIME)",
                "REPLACE INTO mine.t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
                        + "SELECT i, CONCAT('value ', i), '2026-01-01 00:00:00' FROM n");
    }

    @AfterAll
    static void nothingWasLost() throws IOException, InterruptedException {
        if (RealMySql.available()) {
            SharedProxy.standard().assertHealthy();
        }
    }

    private static Address address(boolean unix) {
        return unix ? server.socket() : server.tcp();
    }

    private RawClient login(String user, Address at, String password) throws IOException {
        return proxy.connect("mysql").login(Login.clear(account(user, at), password).withDatabase("mine"));
    }

    /** How the server answers a scramble, directly: 3 if it knows the password of the account from earlier, 4 if not. */
    private static int answerToScramble(String user, String password) throws IOException {
        try (RawClient client = RawClient.connect(server.socket())) {
            Packet answer = client.tryLogin(
                    Login.clear(user, "").withAuth(SHA2, Scrambles.cachingSha2(password, client.greeting().salt())));
            assertThat(answer.first()).isEqualTo(1);
            return answer.payload()[1];
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstLoginAuthenticatesInFullAndTheNextOneFast(boolean unix) throws IOException {
        server.createAccount("sha2", "sécret 😀", "mine");
        assertThat(answerToScramble("sha2", "sécret 😀")).isEqualTo(4);
        try (RawClient client = login("sha2", address(unix), "sécret 😀")) {
            assertThat(client.query("SELECT CURRENT_USER()").value()).isEqualTo("sha2@%");
        }
        assertThat(answerToScramble("sha2", "sécret 😀")).isEqualTo(3);
        try (RawClient client = login("sha2", address(unix), "sécret 😀")) {
            client.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wrongPasswordsAreTheServersError(boolean unix) throws IOException {
        server.createAccount("sha2", "right", "mine");
        for (String wrong : List.of("wrong", "")) {
            try (RawClient client = proxy.connect("mysql")) {
                Packet packet = client.tryLogin(Login.clear(account("sha2", address(unix)), wrong));
                assertThat(packet.sequence()).isEqualTo(2);
                assertThat(packet.err().code()).isEqualTo(1045);
                assertThat(packet.err().sqlState()).isEqualTo("28000");
                assertThat(packet.err().message()).startsWith("Access denied for user 'sha2'@");
                client.expectEnd();
            }
        }
    }

    @Test
    void aPasswordMayBeEmpty() throws IOException {
        server.createAccount("nothing", "", "mine");
        for (boolean unix : new boolean[]{true, false}) {
            try (RawClient client = login("nothing", address(unix), "")) {
                assertThat(client.query("SELECT DATABASE()").value()).isEqualTo("mine");
            }
        }
    }

    @Test
    void aPasswordMayBeLongOverUnixSockets() throws IOException {
        // Longer than the server's RSA key could encrypt, and shorter than what the server takes.
        String password = "x".repeat(250);
        server.createAccount("long", password, "mine");
        try (RawClient client = login("long", server.socket(), password)) {
            client.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Flags.CLASSIC, Flags.MODERN, Flags.MODERN | Flags.SESSION_TRACK})
    void everyByteIsTheSame(long flags) throws IOException {
        List<List<Packet>> direct;
        try (RawClient client = RawClient.connect(server.socket())) {
            client.login(Login.clear("root", "").withFlags(flags).withDatabase("mine").withAuth(SHA2, new byte[0]));
            direct = dialogue(client);
        }
        try (RawClient client = proxy.connect("mysql")) {
            client.login(Login.clear(account("root", server.socket()), "").withFlags(flags).withDatabase("mine"));
            assertThat(dialogue(client)).isEqualTo(direct);
        }
    }

    private static List<List<Packet>> dialogue(RawClient client) throws IOException {
        List<Reply> replies = new ArrayList<>();
        for (String sql : List.of("SELECT 1, '', NULL", "SELECT * FROM t", "SELECT * FROM t WHERE id < 0", "DO 1",
                "SELECT 1; DO 1; SELECT bad", "SELECT * FROM nowhere", "SET @@session_track_schema = 1; USE mysql",
                "BEGIN; UPDATE mine.t SET v = 'x' WHERE id = 1; ROLLBACK", "SELECT REPEAT('x', 70000)",
                "SELECT NAME, REPEAT('y', 300) FROM performance_schema.setup_instruments ORDER BY NAME LIMIT 600")) {
            replies.add(client.query(sql));
        }
        replies.add(client.run(Command.INIT_DB, bytes("none")));
        replies.add(client.run(Command.INIT_DB, bytes("mine")));
        replies.add(client.run(Command.SET_OPTION, (byte) 1, (byte) 0));
        replies.add(client.run(Command.FIELD_LIST, bytes("t\0")));
        Reply prepared = client.run(Command.STMT_PREPARE, bytes("SELECT * FROM t WHERE id < ? OR v = ?"));
        for (int cursor : new int[]{0, 1}) {
            replies.add(client.run(Command.STMT_EXECUTE, new PayloadWriter().u32(prepared.statementId()).u8(cursor)
                    .u32(1).u8(0).u8(1).u16(3).u16(253).u32(10).lenencText("value 299").toByteArray()));
        }
        for (int i = 0; i < 3; i++) {
            replies.add(client.run(Command.STMT_FETCH,
                    new PayloadWriter().u32(prepared.statementId()).u32(4).toByteArray()));
        }
        client.send(Command.STMT_CLOSE.payload(new PayloadWriter().u32(prepared.statementId()).toByteArray()));
        replies.add(client.run(Command.RESET_CONNECTION));
        replies.add(client.query("SELECT DATABASE()"));
        List<List<Packet>> all = new ArrayList<>();
        replies.forEach(reply -> all.add(reply.packets()));
        all.add(prepared.withoutStatementId());
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anIdleSessionEndsWithTheServersOwnWords() throws IOException {
        try (RawClient client = login("root", server.socket(), "")) {
            client.query("SET SESSION wait_timeout = 1").good();
            Packet packet = client.stream().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.err().code()).isEqualTo(4031);
            assertThat(packet.err().sqlState()).isEqualTo("HY000");
            assertThat(packet.err().message()).contains("disconnected by the server because of inactivity");
            client.expectEnd();
        }
    }

    @Test
    void theUserCanChange() throws IOException {
        server.createAccount("before", "one", "mine");
        server.createAccount("after", "two", "mine");
        for (boolean unix : new boolean[]{true, false}) {
            try (RawClient client = login("before", address(unix), "one")) {
                client.query("CREATE TEMPORARY TABLE gone (a INT)").good();
                client.send(changeUser(account("after", address(unix)), "two"));
                Packet ok = client.stream().read();
                assertThat(ok.isOk()).isTrue();
                assertThat(ok.sequence()).isEqualTo(1);
                assertThat(client.query("SELECT CONCAT_WS(' ', CURRENT_USER(), DATABASE())").value())
                        .isEqualTo("after@% mine");
                assertThat(client.query("SELECT * FROM gone").err().code()).isEqualTo(1146);
                client.send(changeUser(account("before", address(unix)), "wrong"));
                assertThat(client.stream().read().err().code()).isEqualTo(1045);
                client.expectEnd();
            }
        }
    }

    private static byte[] changeUser(String user, String password) {
        byte[] auth = Scrambles.clear(password);
        return new PayloadWriter().u8(Command.CHANGE_USER.code()).nulText(user).u8(auth.length).bytes(auth)
                .nulText("mine").u16(45).nulText("mysql_clear_password").lenenc(0).toByteArray();
    }

    @Test
    void attributesOfTheConnectionReachTheServer() throws IOException {
        try (RawClient client = proxy.connect("mysql").login(Login.clear(account("root", server.socket()), "")
                .withAttributes(java.util.Map.of("program_name", "attributes ü")))) {
            assertThat(client.query("SELECT ATTR_VALUE FROM performance_schema.session_account_connect_attrs WHERE "
                    + "PROCESSLIST_ID = CONNECTION_ID() AND ATTR_NAME = 'program_name'").value())
                    .isEqualTo("attributes ü");
        }
    }

    @Test
    void aServerThatIsFullOrEndsIsHeard() throws IOException, InterruptedException {
        try (RealMySql own = RealMySql.start()) {
            own.createAccount("joe", "se cret", "mine");
            Login login = Login.clear(account("joe", own.tcp()), "se cret");
            own.execute("SET GLOBAL max_connections = 1");
            try (RawClient first = proxy.connect("mysql").login(login); RawClient second = proxy.connect("mysql")) {
                first.ping();
                Packet packet = second.tryLogin(login);
                assertThat(packet.sequence()).isEqualTo(2);
                assertThat(packet.err()).isEqualTo(new Err(1040, "08004", "Too many connections"));
                second.expectEnd();

                // An idle session ends without a word, as it does directly, or with the error of one that is not idle.
                own.stop();
                first.stream().readEnd().ifPresent(last -> {
                    assertThat(last.sequence()).isZero();
                    assertThat(last.err().code()).isEqualTo(1053);
                });
            }
        }
    }
}
