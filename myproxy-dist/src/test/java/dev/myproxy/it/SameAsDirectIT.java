package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same dialogue directly with MariaDB and through the daemon: every packet of every response must be the same, byte for
 * byte.
 */
@ParameterizedClass
@MethodSource("flags")
class SameAsDirectIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    /** A part of a client's life, and the responses that it got. */
    @FunctionalInterface
    interface Dialogue {
        List<List<Packet>> play(RawClient client) throws IOException;
    }

    private final SharedProxy proxy = SharedProxy.standard();
    private final long flags;

    SameAsDirectIT(long flags) {
        this.flags = flags;
    }

    static List<Named<Long>> flags() {
        return List.of(Named.of("classic", Flags.CLASSIC), Named.of("modern", Flags.MODERN),
                Named.of("tracking", Flags.MODERN | Flags.SESSION_TRACK));
    }

    @BeforeAll
    static void fill() throws IOException {
        DB.execute("CREATE OR REPLACE DATABASE same",
                "CREATE TABLE same.t (id INT PRIMARY KEY, v VARCHAR(100), d DATETIME, b LONGBLOB)",
                "INSERT INTO same.t SELECT seq, CONCAT('value ', seq), '2026-01-01 00:00:00', NULL FROM seq_1_to_500"
                        .replace("seq_1", "same.seq_1"),
                "CREATE PROCEDURE same.three(INOUT x INT) BEGIN SELECT 1; SELECT id, v FROM same.t LIMIT 3; "
                        + "SET x = x + 1; SELECT 'end'; END",
                "CREATE TABLE same.empty (a INT, b TEXT)");
    }

    static List<Named<Dialogue>> dialogues() {
        List<Named<Dialogue>> all = new ArrayList<>();
        for (String sql : List.of("SELECT 1", "SELECT ''", "SELECT NULL", "SELECT '', NULL, ''", "SELECT * FROM empty",
                "SELECT * FROM t", "SELECT", "SELECT * FROM nowhere", "DO 1", "SELECT 1; SELECT 2; SELECT 3",
                "SELECT 1; INSERT INTO empty VALUES (1, 'x'); DELETE FROM empty; SELECT bad; SELECT 2",
                "CALL three(@x)",
                "SET @x = 1; CALL three(@x); SELECT @x", "USE mysql", "SET NAMES latin1", "SELECT SLEEP(0.01)",
                "SELECT REPEAT('a', 300) FROM t", "SHOW WARNINGS", "SELECT 1/0", "BEGIN; SELECT 1; ROLLBACK",
                "SELECT id, (SELECT 1 FROM t) FROM t", "SELECT REPEAT('x', 70000)", "SELECT REPEAT('x', 251)",
                "SELECT 1;".repeat(400), "SET autocommit = 0; INSERT INTO empty VALUES (1, 'a'); ROLLBACK")) {
            all.add(Named.of(sql.substring(0, Math.min(60, sql.length())),
                    client -> List.of(client.query(sql).packets())));
        }
        all.add(Named.of("simple commands", SameAsDirectIT::simpleCommands));
        all.add(Named.of("databases", SameAsDirectIT::databases));
        all.add(Named.of("malformed commands", SameAsDirectIT::malformedCommands));
        all.add(Named.of("prepared", SameAsDirectIT::prepared));
        all.add(Named.of("prepared with nothing", SameAsDirectIT::preparedWithNothing));
        all.add(Named.of("long data", SameAsDirectIT::longData));
        all.add(Named.of("cursor", SameAsDirectIT::cursor));
        all.add(Named.of("pipelined", SameAsDirectIT::pipelined));
        return all;
    }

    private static List<List<Packet>> simpleCommands(RawClient client) throws IOException {
        List<Reply> replies = new ArrayList<>();
        replies.add(client.run(Command.PING));
        replies.add(client.run(Command.FIELD_LIST, bytes("t\0")));
        replies.add(client.run(Command.FIELD_LIST, bytes("nowhere\0")));
        replies.add(client.run(Command.SET_OPTION, (byte) 1, (byte) 0));
        replies.add(client.query("SELECT 1; SELECT 2"));
        replies.add(client.run(Command.SET_OPTION, (byte) 0, (byte) 0));
        replies.add(client.query("SET @a = 1"));
        replies.add(client.run(Command.RESET_CONNECTION));
        replies.add(client.query("SELECT @a, DATABASE()"));
        return packets(replies);
    }

    private static List<List<Packet>> databases(RawClient client) throws IOException {
        return packets(List.of(client.run(Command.INIT_DB, bytes("mysql")), client.query("SELECT DATABASE()"),
                client.run(Command.INIT_DB, bytes("none")), client.run(Command.INIT_DB, bytes("same")),
                client.query("USE mysql"), client.run(Command.INIT_DB, bytes("same")),
                client.query("SELECT DATABASE()")));
    }

    private static List<List<Packet>> malformedCommands(RawClient client) throws IOException {
        List<Reply> replies = new ArrayList<>();
        List<byte[]> payloads = new ArrayList<>(List.of(new byte[0], new byte[]{(byte) 0x99}));
        for (Command command : List.of(Command.QUERY, Command.INIT_DB, Command.STMT_EXECUTE, Command.STMT_RESET,
                Command.STMT_FETCH, Command.STMT_PREPARE)) {
            payloads.add(command.payload());
        }
        for (byte[] payload : payloads) {
            client.send(payload);
            replies.add(client.reply(Command.PING));
            replies.add(client.run(Command.PING));
        }
        return packets(replies);
    }

    private static List<List<Packet>> prepared(RawClient client) throws IOException {
        Reply prepared = client.run(Command.STMT_PREPARE, bytes("SELECT * FROM t WHERE id < ? OR v = ?"));
        long id = prepared.statementId();
        List<Reply> replies = new ArrayList<>();
        for (int i : new int[]{0, 1, 10, 400}) {
            replies.add(client.run(Command.STMT_EXECUTE, new PayloadWriter().bytes(execute(id, 0)).u8(0).u8(1).u16(3)
                    .u16(253).u32(i).lenencText("value 499").toByteArray()));
        }
        replies.add(client.run(Command.STMT_RESET, id(id)));
        client.send(Command.STMT_CLOSE.payload(id(id)));
        replies.add(client.run(Command.PING));
        Reply procedure = client.run(Command.STMT_PREPARE, bytes("CALL three(?)"));
        replies.add(
                client.run(Command.STMT_EXECUTE, new PayloadWriter().bytes(execute(procedure.statementId(), 0)).u8(0)
                        .u8(1).u16(3).u32(7).toByteArray()));
        replies.add(client.query("SELECT 1"));
        List<List<Packet>> all = packets(replies);
        all.add(prepared.withoutStatementId());
        all.add(procedure.withoutStatementId());
        return all;
    }

    private static List<List<Packet>> preparedWithNothing(RawClient client) throws IOException {
        List<List<Packet>> all = new ArrayList<>();
        for (String sql : List.of("DO 1", "SELECT 1", "DO ?")) {
            Reply prepared = client.run(Command.STMT_PREPARE, bytes(sql));
            all.add(prepared.withoutStatementId());
            if (!sql.contains("?")) {
                all.add(client.run(Command.STMT_EXECUTE, execute(prepared.statementId(), 0)).packets());
            }
        }
        all.add(client.run(Command.STMT_PREPARE, bytes("SELECT * FROM nowhere")).packets());
        all.add(client.run(Command.STMT_EXECUTE, execute(0xffff_ff00L, 0)).packets());
        return all;
    }

    private static List<List<Packet>> longData(RawClient client) throws IOException {
        Reply prepared = client.run(Command.STMT_PREPARE, bytes("SELECT LENGTH(?), MD5(?)"));
        byte[] id = id(prepared.statementId());
        for (int i = 0; i < 3; i++) {
            client.send(Command.STMT_SEND_LONG_DATA
                    .payload(new PayloadWriter().bytes(id).u16(0).zeros(100_000).toByteArray()));
            client.send(Command.STMT_SEND_LONG_DATA
                    .payload(new PayloadWriter().bytes(id).u16(1).text("text").toByteArray()));
        }
        client.send(Command.STMT_SEND_LONG_DATA.payload(new PayloadWriter().u32(0xffff_ff00L).u16(0).toByteArray()));
        return packets(List.of(
                client.run(Command.STMT_EXECUTE, new PayloadWriter().bytes(execute(prepared.statementId(), 0)).u8(0)
                        .u8(1).u16(252).u16(252).toByteArray()),
                client.run(Command.PING)));
    }

    private static List<List<Packet>> cursor(RawClient client) throws IOException {
        long id = client.run(Command.STMT_PREPARE, bytes("SELECT id, v FROM t WHERE id <= 5 ORDER BY id"))
                .statementId();
        List<Reply> replies = new ArrayList<>();
        replies.add(client.run(Command.STMT_EXECUTE, execute(id, 1)));
        for (int i = 0; i < 3; i++) {
            replies.add(client.run(Command.STMT_FETCH, new PayloadWriter().bytes(id(id)).u32(2).toByteArray()));
            replies.add(client.query("SELECT " + i));
            assertThat(client.stream().isQuiet(Duration.ofMillis(20))).isTrue();
        }
        replies.add(client.run(Command.STMT_RESET, id(id)));
        replies.add(client.run(Command.STMT_FETCH, new PayloadWriter().bytes(id(0xffff_ff00L)).u32(2).toByteArray()));
        replies.add(client.run(Command.PING));
        return packets(replies);
    }

    private static List<List<Packet>> pipelined(RawClient client) throws IOException {
        PayloadWriter all = new PayloadWriter();
        for (int i = 0; i < 50; i++) {
            all.bytes(PacketStream.frame(0, Command.QUERY.payload("SELECT " + i + "; SELECT id FROM t")));
            all.bytes(PacketStream.frame(0, Command.STMT_CLOSE.payload(id(i))));
            all.bytes(PacketStream.frame(0, Command.PING.payload()));
            all.bytes(PacketStream.frame(0, Command.INIT_DB.payload("same")));
        }
        client.stream().raw(all.toByteArray());
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            replies.add(client.reply(Command.QUERY));
            replies.add(client.reply(Command.PING));
            replies.add(client.reply(Command.INIT_DB));
        }
        return packets(replies);
    }

    private static List<List<Packet>> packets(List<Reply> replies) {
        List<List<Packet>> all = new ArrayList<>();
        replies.forEach(reply -> all.add(reply.packets()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void everyByteIsTheSame(Dialogue dialogue) throws IOException {
        List<List<Packet>> direct;
        try (RawClient client = direct()) {
            direct = dialogue.play(client);
        }
        try (RawClient client = proxied()) {
            assertThat(dialogue.play(client)).isEqualTo(direct);
        }
    }

    @Test
    void statisticsAreOnePacketOfText() throws IOException {
        try (RawClient client = proxied()) {
            Packet packet = client.run(Command.STATISTICS).last();
            assertThat(new String(packet.payload(), StandardCharsets.UTF_8)).startsWith("Uptime");
            client.ping();
        }
    }

    private RawClient direct() throws IOException {
        return RawClient.connect(DB.socket()).loginNative(login("root"), "");
    }

    private RawClient proxied() throws IOException {
        return proxy.connect().login(login(account("root", DB.socket())));
    }

    private Login login(String user) {
        return Login.clear(user, "").withFlags(flags | Flags.LOCAL_FILES).withDatabase("same");
    }

    private static byte[] execute(long statement, int cursor) {
        return new PayloadWriter().u32(statement).u8(cursor).u32(1).toByteArray();
    }

    private static byte[] id(long statement) {
        return new PayloadWriter().u32(statement).toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
