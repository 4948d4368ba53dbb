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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The flags of MariaDB's extension with a real server, directly and through the daemon: every packet must be the same. The
 * listener with {@code on_query} holds each statement until the one before is known to be answered completely, so it hangs
 * if responses are not followed well.
 */
@ParameterizedClass
@CsvSource({"mariadb,classic", "mariadb,modern", "mariadb-query,modern"})
class MariaDbExtensionIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final long ALL = Flags.MARIADB_PROGRESS | Flags.MARIADB_STMT_BULK_OPERATIONS
            | Flags.MARIADB_EXTENDED_METADATA | Flags.MARIADB_CACHE_METADATA;
    /** Types in executions, and the flag that says that they are there. */
    private static final int LONG = 3;
    private static final int VAR_STRING = 253;
    private static final int SEND_TYPES = 128;

    private final BothWays ways;
    private final Login login;

    MariaDbExtensionIT(String listener, String form) {
        ways = new BothWays(DB, listener);
        login = Login.clear("root", "").withFlags(form.equals("classic") ? Flags.CLASSIC : Flags.MODERN)
                .withDatabase("extension").withMariadb(ALL);
    }

    @BeforeAll
    static void fill() throws IOException {
        DB.execute("CREATE OR REPLACE DATABASE extension",
                "CREATE TABLE extension.types (i INET6, u UUID, j JSON, p POINT, v VARCHAR(10))",
                "INSERT INTO extension.types VALUES ('::1', '123e4567-e89b-12d3-a456-426655440000', '{}',"
                        + " POINT(1, 2), 'x')",
                "CREATE TABLE extension.long (id INT PRIMARY KEY, v CHAR(50))",
                "INSERT INTO extension.long SELECT seq, 'x' FROM extension.seq_1_to_3000",
                "CREATE TABLE extension.bulk (id INT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(50))");
    }

    @Test
    void theGreetingIsThatOfTheServer() throws IOException {
        try (RawClient direct = ways.connectDirect(); RawClient through = ways.connectThrough()) {
            assertThat(through.greeting().mariadbCapabilities()).isEqualTo(direct.greeting().mariadbCapabilities())
                    .isEqualTo(ALL);
            assertThat(through.greeting().has(Flags.LONG_PASSWORD)).isFalse();
        }
    }

    @Test
    void definitionsThatTheClientKnowsAreLeftOut() throws IOException {
        List<List<Packet>> replies = ways.assertSame(login, client -> {
            Reply prepared = client.run(Command.STMT_PREPARE, bytes("SELECT i, v FROM types WHERE v <> ?"));
            List<List<Packet>> all = new ArrayList<>(List.of(prepared.withoutStatementId()));
            for (int i = 0; i < 3; i++) {
                all.add(execute(client, prepared.statementId(), 0).packets());
            }
            all.add(client.query("SELECT i, v FROM types").packets());
            client.query("ALTER TABLE types MODIFY v VARCHAR(20)").good();
            all.add(execute(client, prepared.statementId(), 0).packets());
            all.add(execute(client, prepared.statementId(), 0).packets());
            client.query("ALTER TABLE types MODIFY v VARCHAR(10)").good();
            client.ping();
            return all;
        });
        assertThat(replies.get(2).getFirst().payload()).containsExactly(2, 0);
        assertThat(replies.get(4).getFirst().payload()).containsExactly(2, 1);
        assertThat(replies.get(5).getFirst().payload()).containsExactly(2, 1);
    }

    @Test
    void cursorsNeedNoDefinitionsEither() throws IOException {
        ways.assertSame(login, client -> {
            long id = client.run(Command.STMT_PREPARE, bytes("SELECT id, v FROM `long` WHERE v = ? LIMIT 5"))
                    .statementId();
            List<List<Packet>> all = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                all.add(execute(client, id, 1).packets());
                for (int j = 0; j < 3; j++) {
                    all.add(client.run(Command.STMT_FETCH, new PayloadWriter().u32(id).u32(2).toByteArray())
                            .packets());
                }
                all.add(client.query("SELECT " + i).packets());
            }
            return all;
        });
    }

    @Test
    void progressIsReportedBeforeTheAnswer() throws IOException {
        List<List<Packet>> replies = ways.assertSame(login, client -> {
            // One report at the beginning, and none that depends on how fast the server is.
            client.query("SET SESSION progress_report_time = 100000").good();
            List<Packet> altered = client.query("ALTER TABLE `long` ENGINE=InnoDB, ALGORITHM=COPY").packets();
            List<List<Packet>> all = List.of(altered.stream().map(MariaDbExtensionIT::withoutFraction).toList(),
                    client.query("SELECT 1").packets(), client.query("SELECT nothing").packets());
            client.ping();
            return all;
        });
        assertThat(replies.getFirst()).hasSizeGreaterThan(1);
        assertThat(replies.getFirst().getFirst().payload()).startsWith(0xff, 0xff, 0xff);
        assertThat(replies.getFirst().getLast()).matches(Packet::isOk);
    }

    /** A report without how much is done, which the server only estimates. */
    private static Packet withoutFraction(Packet packet) {
        if (!packet.isErr() || packet.err().code() != 0xffff) {
            return packet;
        }
        byte[] masked = packet.payload().clone();
        Arrays.fill(masked, 6, 9, (byte) 0);
        return new Packet(packet.sequence(), packet.length(), masked);
    }

    @Test
    void extendedTypesStandInDefinitions() throws IOException {
        List<List<Packet>> replies = ways.assertSame(login, client -> List.of(
                client.query("SELECT * FROM types").packets(),
                client.run(Command.STMT_PREPARE, bytes("SELECT * FROM types WHERE i = ?")).withoutStatementId(),
                client.query("SELECT 1").packets()));
        assertThat(new String(replies.getFirst().get(2).payload(), StandardCharsets.ISO_8859_1)).contains("uuid");
    }

    @Test
    void manyRowsAreInsertedByOneCommand() throws IOException {
        List<List<Packet>> replies = ways.assertSame(login, client -> {
            client.query("TRUNCATE bulk").good();
            Reply prepared = client.run(Command.STMT_PREPARE, bytes("INSERT INTO bulk VALUES (?, ?)"));
            List<List<Packet>> all = new ArrayList<>();
            all.add(bulk(client, prepared.statementId(), 1, 500).packets());
            all.add(bulk(client, prepared.statementId(), 400, 10).packets());
            all.add(bulk(client, prepared.statementId(), 1000, 1).packets());
            all.add(bulk(client, 0xffff_ff00L, 1, 1).packets());
            all.add(client.query("SELECT COUNT(*), SUM(id), MAX(v) FROM bulk").packets());
            client.ping();
            return all;
        });
        assertThat(replies.get(0).getLast()).matches(Packet::isOk);
        assertThat(replies.get(1).getLast().err().code()).isEqualTo(1062);
        assertThat(replies.get(3).getLast().err().code()).isEqualTo(1243);
    }

    @Test
    void severalResultsHaveTheByteEach() throws IOException {
        ways.assertSame(login.with(Flags.SESSION_TRACK), client -> {
            List<List<Packet>> all = new ArrayList<>();
            for (String sql : List.of("SELECT 1; SELECT i FROM types; DO 1; SELECT '', NULL", "SELECT * FROM nowhere",
                    "SELECT id, (SELECT id FROM `long`) FROM `long`", "SHOW WARNINGS", "SELECT REPEAT('x', 70000)")) {
                all.add(client.query(sql).packets());
            }
            all.add(client.run(Command.FIELD_LIST, bytes("types\0")).packets());
            client.ping();
            return all;
        });
    }

    @Test
    void eachFlagWorksAlone() throws IOException {
        for (Named<Long> flag : List.of(Named.of("progress", Flags.MARIADB_PROGRESS),
                Named.of("bulk", Flags.MARIADB_STMT_BULK_OPERATIONS),
                Named.of("types", Flags.MARIADB_EXTENDED_METADATA),
                Named.of("metadata", Flags.MARIADB_CACHE_METADATA))) {
            ways.assertSame(login.withMariadb(flag.getPayload()), client -> {
                Reply prepared = client.run(Command.STMT_PREPARE, bytes("SELECT u FROM types WHERE v <> ?"));
                List<List<Packet>> all = new ArrayList<>(List.of(prepared.withoutStatementId()));
                all.add(execute(client, prepared.statementId(), 0).packets());
                all.add(execute(client, prepared.statementId(), 0).packets());
                all.add(client.query("SELECT u FROM types").packets());
                return all;
            });
        }
    }

    private static Reply execute(RawClient client, long statement, int cursor) throws IOException {
        return client.run(Command.STMT_EXECUTE, new PayloadWriter().u32(statement).u8(cursor).u32(1).u8(0).u8(1)
                .u16(VAR_STRING).lenencText(cursor == 0 ? "y" : "x").toByteArray());
    }

    private static Reply bulk(RawClient client, long statement, int firstId, int rows) throws IOException {
        PayloadWriter rowsOut = new PayloadWriter().u32(statement).u16(SEND_TYPES).u16(LONG).u16(VAR_STRING);
        for (int i = 0; i < rows; i++) {
            rowsOut.u8(0).u32(firstId + i).u8(0).lenencText("row " + i);
        }
        return client.run(Command.STMT_BULK_EXECUTE, rowsOut.toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
