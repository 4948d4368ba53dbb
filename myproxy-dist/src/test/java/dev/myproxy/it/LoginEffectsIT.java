package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fields and flags of a handshake response do at a real server, they do through the daemon, too. */
@ParameterizedClass
@ValueSource(strings = {"mariadb", "mysql"})
class LoginEffectsIT {

    private static final long CLASSIC = Flags.CLASSIC & ~Flags.CONNECT_ATTRS;
    private static final long NO_SCHEMA = 1 << 4;
    private static final long ODBC = 1 << 6;
    private static final long EXPIRED_PASSWORDS = 1 << 22;

    private final BothWays ways;
    private final Login login = Login.clear("root", "").withFlags(CLASSIC).withDatabase("effects");

    LoginEffectsIT(String kind) {
        ways = new BothWays(kind.equals("mysql") ? RealMySql.shared() : EmbeddedMariaDb.shared(), kind);
    }

    @BeforeEach
    void fill() throws IOException {
        ways.server().execute("CREATE DATABASE effects",
                "CREATE TABLE effects.t (id INT, v VARCHAR(10)) CHARACTER SET utf8mb4",
                "INSERT INTO effects.t VALUES (1, 'one'), (2, 'two')");
    }

    @AfterEach
    void clear() throws IOException {
        ways.server().execute("DROP DATABASE effects");
    }

    /** Among them the defaults of old and new clients of both kinds, and MariaDB's that need two bytes. */
    @ParameterizedTest
    @ValueSource(ints = {8, 33, 45, 46, 224, 255, 2304, 2336})
    void charset(int charset) throws IOException {
        same(login.withCharset(charset), "SELECT @@character_set_client, @@character_set_results,"
                + " @@collation_connection, HEX('\u00e4\u20ac'), HEX('\ud83d\ude00')");
    }

    @Test
    void emojiCanBeStored() throws IOException {
        List<List<Packet>> replies = same(login.withCharset(45), "INSERT INTO t VALUES (3, 0xF09F9880)",
                "SELECT v, HEX(v) FROM t WHERE id = 3", "DELETE FROM t WHERE id = 3");
        assertThat(replies.getFirst().getLast()).matches(Packet::isOk);
        assertThat(new String(replies.get(1).get(4).payload(), StandardCharsets.UTF_8)).contains("F09F9880");
    }

    @Test
    void interactive() throws IOException {
        String before = ways.server().value("SELECT @@global.interactive_timeout");
        ways.server().execute("SET GLOBAL interactive_timeout = 4321");
        try {
            String[] sql = {"SELECT @@wait_timeout"};
            assertThat(value(same(login.with(Flags.INTERACTIVE), sql))).isEqualTo("4321");
            assertThat(value(same(login, sql))).isNotEqualTo("4321");
        } finally {
            ways.server().execute("SET GLOBAL interactive_timeout = " + before);
        }
    }

    @Test
    void ignoreSpace() throws IOException {
        String[] sql = {"SELECT @@sql_mode LIKE '%IGNORE_SPACE%'", "SELECT COUNT (*) FROM t"};
        assertThat(value(same(login.with(Flags.IGNORE_SPACE), sql))).isEqualTo("1");
        assertThat(value(same(login, sql))).isEqualTo("0");
    }

    @Test
    void foundRows() throws IOException {
        String sql = "UPDATE t SET v = 'one' WHERE id = 1";
        assertThat(same(login.with(Flags.FOUND_ROWS), sql).getFirst().getLast().payload()[1]).isEqualTo((byte) 1);
        assertThat(same(login, sql).getFirst().getLast().payload()[1]).isZero();
    }

    @Test
    void localFiles() throws IOException {
        String sql = "LOAD DATA LOCAL INFILE 'nothing' INTO TABLE t";
        List<List<Packet>> replies = ways.assertSame(login.with(Flags.LOCAL_FILES), client -> {
            List<Packet> all = new ArrayList<>(client.query(sql).packets());
            client.stream().write(2, "7\tseven\n".getBytes(StandardCharsets.UTF_8));
            client.stream().write(3, new byte[0]);
            all.add(client.stream().read());
            all.addAll(client.query("DELETE FROM t WHERE id = 7").packets());
            return List.of(all);
        });
        assertThat(replies.getFirst().getFirst().first()).isEqualTo(0xfb);
        assertThat(same(login, sql).getFirst().getLast()).matches(Packet::isErr);
    }

    @Test
    void noSchemaAndOdbc() throws IOException {
        same(login.with(NO_SCHEMA | ODBC), "SELECT effects.t.id FROM effects.t", "SELECT t.id FROM t");
    }

    @Test
    void severalStatements() throws IOException {
        same(login.without(Flags.MULTI_STATEMENTS), "SELECT 1; SELECT 2");
        same(login, "SELECT 1; SELECT 2");
    }

    @Test
    void expiredPasswords() throws IOException {
        ways.server().createAccount("expired", "", "effects");
        ways.server().execute("ALTER USER expired@'%' PASSWORD EXPIRE");
        for (long flags : new long[]{CLASSIC, CLASSIC | EXPIRED_PASSWORDS}) {
            Login expired = Login.clear("expired", "").withFlags(flags);
            List<Integer> direct;
            try (RawClient client = ways.connectDirect()) {
                direct = expired(client, ways.tryDirect(client, expired));
            }
            try (RawClient client = ways.connectThrough()) {
                assertThat(expired(client, ways.tryThrough(client, expired))).isEqualTo(direct);
            }
        }
    }

    /** The code of the login's error, or that of a query after it. */
    private static List<Integer> expired(RawClient client, Packet login) throws IOException {
        return login.isErr()
                ? List.of(login.err().code())
                : List.of(0, client.query("SELECT 1").err().code());
    }

    @Test
    void attributes() throws IOException {
        Login sent = login.with(Flags.CONNECT_ATTRS).withAttributes(Map.of("program_name", "tests \u00fc",
                "_client_name", "raw", "empty", "", "long", "x".repeat(300)));
        List<List<Packet>> replies = same(sent, "SELECT ATTR_NAME, ATTR_VALUE FROM"
                + " performance_schema.session_connect_attrs WHERE PROCESSLIST_ID = CONNECTION_ID() ORDER BY 1");
        if (ways.server() instanceof RealMySql) {
            // MariaDB's performance schema is off by default.
            StringBuilder all = new StringBuilder();
            replies.getFirst().forEach(packet -> all.append(new String(packet.payload(), StandardCharsets.UTF_8)));
            assertThat(all).contains("program_name", "tests \u00fc", "x".repeat(300));
        }
    }

    @Test
    void database() throws IOException {
        same(login, "SELECT DATABASE()");
        List<Integer> direct;
        try (RawClient client = ways.connectDirect()) {
            direct = List.of(ways.tryDirect(client, login.withDatabase("nowhere")).err().code());
        }
        try (RawClient client = ways.connectThrough()) {
            assertThat(List.of(ways.tryThrough(client, login.withDatabase("nowhere")).err().code()))
                    .isEqualTo(direct);
        }
    }

    private List<List<Packet>> same(Login with, String... statements) throws IOException {
        return ways.assertSame(with, client -> {
            List<List<Packet>> all = new ArrayList<>();
            for (String sql : statements) {
                all.add(client.query(sql).packets());
            }
            assertThat(client.run(Command.PING).last()).matches(Packet::isOk);
            return all;
        });
    }

    /** The only value of the first response's only row, in the form with EOF packets. */
    private static String value(List<List<Packet>> replies) {
        byte[] row = replies.getFirst().get(3).payload();
        return new String(row, 1, row.length - 1, StandardCharsets.UTF_8);
    }
}
