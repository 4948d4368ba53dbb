package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Query attributes and optional metadata with a real MySQL, directly and through the daemon: every packet must be the same.
 * The listener with {@code on_query} holds each statement until the one before is known to be answered completely.
 */
@ParameterizedClass
@CsvSource({"mysql,classic", "mysql,modern", "mysql-query,modern"})
class MySqlFlagsIT {

    private static final int VAR_STRING = 0xfd;
    /** Flag of an execution: the number of parameters is there, so that attributes can follow. */
    private static final int PARAMETER_COUNT = 8;
    private static final int CURSOR = 1;

    private final RealMySql server = RealMySql.shared();
    private final BothWays ways;
    private final Login login;

    MySqlFlagsIT(String listener, String form) {
        ways = new BothWays(server, listener);
        login = Login.clear("root", "").withFlags(form.equals("classic") ? Flags.CLASSIC : Flags.MODERN)
                .withDatabase("flags");
    }

    @BeforeAll
    static void fill() throws IOException {
        RealMySql server = RealMySql.shared();
        server.execute("DROP DATABASE IF EXISTS flags", "CREATE DATABASE flags",
                "CREATE TABLE flags.t (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO flags.t VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                "CREATE TABLE flags.prefix_t AS SELECT * FROM flags.t",
                "CREATE PROCEDURE flags.two() BEGIN SELECT * FROM flags.t; SELECT 2; END");
        if (server.value("SELECT COUNT(*) FROM mysql.component WHERE component_urn LIKE '%query_attributes'")
                .equals("0")) {
            server.execute("INSTALL COMPONENT 'file://component_query_attributes'");
        }
    }

    @Test
    void theGreetingOffersWhatTheServerHas() throws IOException {
        try (RawClient through = ways.connectThrough()) {
            assertThat(through.greeting().has(Flags.QUERY_ATTRIBUTES | Flags.OPTIONAL_RESULTSET_METADATA)).isTrue();
            assertThat(through.greeting().has(Flags.LONG_PASSWORD)).isTrue();
        }
    }

    @Test
    void attributesReachTheServerAndTheSqlStaysClean() throws IOException {
        List<List<Packet>> replies = ways.assertSame(login.with(Flags.QUERY_ATTRIBUTES), client -> {
            List<List<Packet>> all = new ArrayList<>();
            for (int count : new int[]{0, 1, 9}) {
                all.add(query(client, count, "SELECT mysql_query_attribute_string('a0'),"
                        + " mysql_query_attribute_string('a8'), id FROM t").packets());
                all.add(query(client, count, "SELECT nothing").packets());
                all.add(query(client, count, "SELECT 1; DO 1; CALL two()").packets());
            }
            client.ping();
            return all;
        });
        assertThat(text(replies.get(3))).contains("value 0").doesNotContain("value 8");
        assertThat(text(replies.get(6))).contains("value 0").contains("value 8");
    }

    @Test
    void aStatementThatIsReplacedKeepsItsAttributes() throws IOException {
        BothWays hooked = new BothWays(server, "mysql-query");
        try (RawClient client = hooked.connectThrough()) {
            assertThat(hooked.tryThrough(client, login.with(Flags.QUERY_ATTRIBUTES))).matches(Packet::isOk);
            for (int count : new int[]{1, 9}) {
                assertThat(query(client, count, "SELECT CONCAT(mysql_query_attribute_string('a0'), v) FROM tenant_t"
                        + " WHERE id = 2").value()).isEqualTo("value 0two");
            }
            assertThat(query(client, 9, "SELECT 'forbidden'").err().message())
                    .isEqualTo("Not allowed: SELECT 'forbidden'");
            assertThat(query(client, 0, "SELECT v FROM tenant_t WHERE id = 1").value()).isEqualTo("one");
        }
    }

    @Test
    void executionsHaveAttributesToo() throws IOException {
        List<List<Packet>> replies = ways.assertSame(login.with(Flags.QUERY_ATTRIBUTES), client -> {
            Reply prepared = client.run(Command.STMT_PREPARE,
                    bytes("SELECT mysql_query_attribute_string('a0'), v FROM t WHERE v <> ?"));
            List<List<Packet>> all = new ArrayList<>(List.of(prepared.withoutStatementId()));
            for (int count : new int[]{0, 1, 9}) {
                all.add(execute(client, prepared.statementId(), count, 0).packets());
                all.add(execute(client, prepared.statementId(), count, CURSOR).packets());
                all.add(fetch(client, prepared.statementId()).packets());
                all.add(query(client, 0, "SELECT " + count).packets());
            }
            return all;
        });
        assertThat(text(replies.get(5))).contains("value 0");
    }

    @Test
    void aStatementWithoutItsAttributesIsMalformed() throws IOException {
        for (String sql : List.of("SELECT 1", "", "\0", "\1\1", "\1\1\0\0")) {
            int[] code = new int[1];
            try (RawClient client = ways.connectDirect()) {
                ways.tryDirect(client, login.with(Flags.QUERY_ATTRIBUTES));
                code[0] = client.query(sql).err().code();
            }
            try (RawClient client = ways.connectThrough()) {
                ways.tryThrough(client, login.with(Flags.QUERY_ATTRIBUTES));
                assertThat(client.query(sql).err().code()).as(sql).isEqualTo(code[0]);
                client.ping();
            }
        }
    }

    @Test
    void definitionsAreLeftOutWhereTheClientWantsNone() throws IOException {
        List<List<Packet>> replies = ways.assertSame(login.with(Flags.OPTIONAL_RESULTSET_METADATA), client -> {
            List<List<Packet>> all = new ArrayList<>();
            for (String metadata : List.of("FULL", "NONE", "FULL")) {
                client.query("SET resultset_metadata = " + metadata).good();
                all.add(client.query("SELECT * FROM t").packets());
                all.add(client.query("SELECT 1; SELECT nothing").packets());
                all.add(client.query("CALL two()").packets());
                Reply prepared = client.run(Command.STMT_PREPARE, bytes("SELECT id, v FROM t WHERE v <> ?"));
                all.add(prepared.withoutStatementId());
                all.add(execute(client, prepared.statementId(), 0, 0).packets());
                all.add(execute(client, prepared.statementId(), 0, CURSOR).packets());
                all.add(fetch(client, prepared.statementId()).packets());
                all.add(fetch(client, prepared.statementId()).packets());
                all.add(client.run(Command.STMT_PREPARE, bytes("DO 1")).withoutStatementId());
                all.add(client.query("SELECT '' WHERE FALSE").packets());
                client.ping();
            }
            return all;
        });
        assertThat(replies.get(0).getFirst().payload()).containsExactly(2, 1);
        assertThat(replies.get(10).getFirst().payload()).containsExactly(2, 0);
    }

    @Test
    void bothFlagsWorkTogether() throws IOException {
        ways.assertSame(login.with(Flags.QUERY_ATTRIBUTES | Flags.OPTIONAL_RESULTSET_METADATA | Flags.SESSION_TRACK),
                client -> {
                    query(client, 1, "SET resultset_metadata = NONE").good();
                    return List.of(query(client, 9, "SELECT * FROM t; SELECT 1; DO 1").packets(),
                            query(client, 0, "USE mysql").packets(), query(client, 1, "SELECT DATABASE()").packets());
                });
    }

    private static Reply query(RawClient client, int attributes, String sql) throws IOException {
        PayloadWriter out = new PayloadWriter().lenenc(attributes).lenenc(1);
        if (attributes > 0) {
            out.zeros((attributes + 7) / 8).u8(1);
            for (int i = 0; i < attributes; i++) {
                out.u16(VAR_STRING).lenencText("a" + i);
            }
            for (int i = 0; i < attributes; i++) {
                out.lenencText("value " + i);
            }
        }
        return client.run(Command.QUERY, out.text(sql).toByteArray());
    }

    /** Executes a statement with one parameter. */
    private static Reply execute(RawClient client, long statement, int attributes, int cursor) throws IOException {
        PayloadWriter out = new PayloadWriter().u32(statement).u8(attributes > 0 ? cursor | PARAMETER_COUNT : cursor)
                .u32(1);
        if (attributes > 0) {
            out.lenenc(1 + attributes);
        }
        out.zeros((1 + attributes + 7) / 8).u8(1).u16(VAR_STRING);
        if (attributes > 0) {
            out.lenencText("");
        }
        for (int i = 0; i < attributes; i++) {
            out.u16(VAR_STRING).lenencText("a" + i);
        }
        out.lenencText("two");
        for (int i = 0; i < attributes; i++) {
            out.lenencText("value " + i);
        }
        return client.run(Command.STMT_EXECUTE, out.toByteArray());
    }

    private static Reply fetch(RawClient client, long statement) throws IOException {
        return client.run(Command.STMT_FETCH, new PayloadWriter().u32(statement).u32(2).toByteArray());
    }

    private static String text(List<Packet> packets) {
        StringBuilder text = new StringBuilder();
        packets.forEach(packet -> text.append(new String(packet.payload(), StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
