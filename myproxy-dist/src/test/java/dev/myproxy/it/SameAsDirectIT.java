package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
        List<Reply> play(RawClient client) throws IOException;
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
                "SELECT 1; INSERT INTO empty VALUES (1, 'x'); DELETE FROM empty; SELECT bad; SELECT 2", "CALL three(@x)",
                "SET @x = 1; CALL three(@x); SELECT @x", "USE mysql", "SET NAMES latin1", "SELECT SLEEP(0.01)",
                "SELECT REPEAT('a', 300) FROM t", "SHOW WARNINGS", "SELECT 1/0", "BEGIN; SELECT 1; ROLLBACK",
                "SELECT id, (SELECT 1 FROM t) FROM t", "SELECT REPEAT('x', 70000)", "SELECT REPEAT('x', 251)",
                "SELECT 1;".repeat(400), "SET autocommit = 0; INSERT INTO empty VALUES (1, 'a'); ROLLBACK")) {
            all.add(Named.of(sql.substring(0, Math.min(60, sql.length())), client -> List.of(client.query(sql))));
        }
        all.add(Named.of("PING", client -> List.of(client.run(Command.PING))));
        all.add(Named.of("INIT_DB", client -> List.of(client.run(Command.INIT_DB, bytes("mysql")),
                client.query("SELECT DATABASE()"), client.run(Command.INIT_DB, bytes("none")),
                client.run(Command.INIT_DB, bytes("same")), client.query("USE mysql"),
                client.run(Command.INIT_DB, bytes("same")), client.query("SELECT DATABASE()"))));
        all.add(Named.of("FIELD_LIST", client -> List.of(client.run(Command.FIELD_LIST, bytes("t\0")),
                client.run(Command.FIELD_LIST, bytes("nowhere\0")))));
        all.add(Named.of("SET_OPTION", client -> List.of(client.run(Command.SET_OPTION, (byte) 1, (byte) 0),
                client.query("SELECT 1; SELECT 2"), client.run(Command.SET_OPTION, (byte) 0, (byte) 0))));
        all.add(Named.of("RESET_CONNECTION", client -> List.of(client.query("SET @a = 1; USE mysql"),
                client.run(Command.RESET_CONNECTION), client.query("SELECT @a, DATABASE()"))));
        all.add(Named.of("empty command", client -> {
            client.send();
            return List.of(client.reply(Command.PING), client.run(Command.PING));
        }));
        all.add(Named.of("unknown command", client -> {
            client.send((byte) 0x99);
            return List.of(client.reply(Command.PING), client.run(Command.PING));
        }));
        all.add(Named.of("truncated commands", client -> {
            List<Reply> replies = new ArrayList<>();
            for (Command command : List.of(Command.QUERY, Command.INIT_DB, Command.STMT_EXECUTE, Command.STMT_RESET,
                    Command.STMT_FETCH, Command.STMT_PREPARE)) {
                client.send(command.payload());
                replies.add(client.reply(Command.PING));
            }
            return replies;
        }));
        all.add(Named.of("prepared", SameAsDirectIT::prepared));
        all.add(Named.of("prepared with nothing", client -> List.of(client.run(Command.STMT_PREPARE, bytes("DO 1")),
                client.run(Command.STMT_EXECUTE, execute(1, 0)), client.run(Command.STMT_PREPARE, bytes("SELECT 1")),
                client.run(Command.STMT_EXECUTE, execute(2, 0)),
                client.run(Command.STMT_PREPARE, bytes("SELECT * FROM nowhere")))));
        all.add(Named.of("prepared with OUT parameter", client -> List.of(
                client.run(Command.STMT_PREPARE, bytes("CALL three(?)")),
                client.run(Command.STMT_EXECUTE, new PayloadWriter().bytes(execute(1, 0)).u8(0).u8(1).u16(3).u32(7)
                        .toByteArray()),
                client.query("SELECT 1"))));
        all.add(Named.of("long data", SameAsDirectIT::longData));
        all.add(Named.of("cursor", SameAsDirectIT::cursor));
        all.add(Named.of("pipelined", SameAsDirectIT::pipelined));
        return all;
    }

    private static List<Reply> prepared(RawClient client) throws IOException {
        List<Reply> replies = new ArrayList<>();
        replies.add(client.run(Command.STMT_PREPARE, bytes("SELECT * FROM t WHERE id < ? OR v = ?")));
        for (int i : new int[]{0, 1, 10, 400}) {
            replies.add(client.run(Command.STMT_EXECUTE, new PayloadWriter().bytes(execute(1, 0)).u8(0).u8(1).u16(3)
                    .u16(253).u32(i).lenencText("value 499").toByteArray()));
        }
        replies.add(client.run(Command.STMT_RESET, id(1)));
        client.send(Command.STMT_CLOSE.payload(id(1)));
        replies.add(client.run(Command.STMT_EXECUTE, execute(1, 0)));
        replies.add(client.run(Command.PING));
        return replies;
    }

    private static List<Reply> longData(RawClient client) throws IOException {
        List<Reply> replies = new ArrayList<>();
        replies.add(client.run(Command.STMT_PREPARE, bytes("SELECT LENGTH(?), MD5(?)")));
        for (int i = 0; i < 3; i++) {
            client.send(Command.STMT_SEND_LONG_DATA
                    .payload(new PayloadWriter().bytes(id(1)).u16(0).zeros(100_000).toByteArray()));
            client.send(Command.STMT_SEND_LONG_DATA
                    .payload(new PayloadWriter().bytes(id(1)).u16(1).text("text").toByteArray()));
        }
        client.send(Command.STMT_SEND_LONG_DATA.payload(new PayloadWriter().u32(77).u16(0).u8(1).toByteArray()));
        replies.add(client.run(Command.STMT_EXECUTE,
                new PayloadWriter().bytes(execute(1, 0)).u8(0).u8(1).u16(252).u16(252).toByteArray()));
        replies.add(client.run(Command.PING));
        return replies;
    }

    private static List<Reply> cursor(RawClient client) throws IOException {
        List<Reply> replies = new ArrayList<>();
        replies.add(client.run(Command.STMT_PREPARE, bytes("SELECT id, v FROM t WHERE id <= 5 ORDER BY id")));
        replies.add(client.run(Command.STMT_EXECUTE, execute(1, 1)));
        for (int i = 0; i < 4; i++) {
            replies.add(client.run(Command.STMT_FETCH, new PayloadWriter().bytes(id(1)).u32(2).toByteArray()));
            replies.add(client.query("SELECT " + i));
            assertThat(client.stream().isQuiet(Duration.ofMillis(20))).isTrue();
        }
        replies.add(client.run(Command.STMT_RESET, id(1)));
        replies.add(client.run(Command.STMT_FETCH, new PayloadWriter().bytes(id(1)).u32(2).toByteArray()));
        return replies;
    }

    private static List<Reply> pipelined(RawClient client) throws IOException {
        PayloadWriter all = new PayloadWriter();
        for (int i = 0; i < 50; i++) {
            all.bytes(dev.myproxy.peers.PacketStream.frame(0, Command.QUERY.payload("SELECT " + i + "; SELECT id FROM t")));
            all.bytes(dev.myproxy.peers.PacketStream.frame(0, Command.STMT_CLOSE.payload(id(i))));
            all.bytes(dev.myproxy.peers.PacketStream.frame(0, Command.PING.payload()));
            all.bytes(dev.myproxy.peers.PacketStream.frame(0, Command.INIT_DB.payload("same")));
        }
        client.stream().raw(all.toByteArray());
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            replies.add(client.reply(Command.QUERY));
            replies.add(client.reply(Command.PING));
            replies.add(client.reply(Command.INIT_DB));
        }
        return replies;
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void everyByteIsTheSame(Dialogue dialogue) throws IOException {
        List<Reply> direct;
        List<Reply> proxied;
        try (RawClient client = direct()) {
            direct = dialogue.play(client);
        }
        try (RawClient client = proxied()) {
            proxied = dialogue.play(client);
        }
        assertThat(proxied).usingRecursiveFieldByFieldElementComparator().isEqualTo(direct);
    }

    @Test
    void statisticsAreOnePacketOfText() throws IOException {
        try (RawClient client = proxied()) {
            Packet packet = client.run(Command.STATISTICS).last();
            assertThat(new String(packet.payload(), StandardCharsets.UTF_8)).startsWith("Uptime");
            client.ping();
        }
    }

    @Test
    void hundredThousandRows() throws IOException {
        measuresAreTheSame("SELECT seq, REPEAT('x', seq % 50) FROM seq_1_to_100000");
    }

    @Test
    void aRowOf40Megabytes() throws IOException {
        measuresAreTheSame("SELECT REPEAT('0123456789', 4000000), 1");
    }

    static List<Integer> largeSizes() {
        return List.of(Packet.MAX - 1, Packet.MAX, Packet.MAX + 1, 2 * Packet.MAX, 2 * Packet.MAX + 1);
    }

    /** The continuation of each row begins with a byte that would mean something in a packet of its own. */
    @ParameterizedTest
    @MethodSource("largeSizes")
    void rowsAroundTheLargestPacket(int size) throws IOException {
        int header = size - 4 < 1 << 24 ? 4 : 9;
        for (int filler : new int[]{0xfe, 0xff}) {
            measuresAreTheSame("SELECT REPEAT(X'%x', %d); SELECT 'next'".formatted(filler, size - header));
        }
    }

    @ParameterizedTest
    @MethodSource("largeSizes")
    void commandsAroundTheLargestPacket(int size) throws IOException {
        byte[] query = Command.QUERY.payload("SELECT LENGTH('" + "x".repeat(size - 18) + "')");
        assertThat(query).hasSize(size);
        List<Reply> replies = new ArrayList<>();
        for (RawClient client : List.of(direct(), proxied())) {
            try (client) {
                client.send(query);
                // The sequence goes on behind the last packet of the command.
                replies.add(client.reply(Command.QUERY, 1 + size / Packet.MAX, true));
                client.ping();
            }
        }
        assertThat(replies.get(1)).isEqualTo(replies.get(0));
        assertThat(replies.get(0).value()).isEqualTo(Integer.toString(size - 18));
    }

    static List<Integer> fileSizes() {
        return List.of(0, 1, 100_000, Packet.MAX, Packet.MAX + 5, 40_000_000);
    }

    @ParameterizedTest
    @MethodSource("fileSizes")
    void filesAreUploaded(int size) throws IOException {
        byte[] file = new byte[size];
        Arrays.fill(file, (byte) 3);
        for (int at = 999_999; at < size; at += 1_000_000) {
            file[at] = '\n';
        }
        List<List<Reply>> replies = new ArrayList<>();
        for (RawClient client : List.of(direct(), proxied())) {
            try (client) {
                replies.add(upload(client, file));
            }
        }
        assertThat(replies.get(1)).isEqualTo(replies.get(0));
    }

    private static List<Reply> upload(RawClient client, byte[] file) throws IOException {
        List<Reply> replies = new ArrayList<>();
        client.query("CREATE OR REPLACE TEMPORARY TABLE up (b LONGBLOB)").good();
        replies.add(client.query("SELECT 1; LOAD DATA LOCAL INFILE 'f' INTO TABLE up"));
        Reply request = replies.getLast();
        assertThat(request.wantsFile()).isTrue();
        int sequence = request.last().sequence() + 1;
        if (file.length > 0) {
            client.stream().write(sequence, file);
            sequence += 1 + file.length / Packet.MAX;
        }
        client.stream().write(sequence++);
        replies.add(client.reply(Command.PING, sequence, true));
        replies.add(client.query("SELECT COUNT(*), SUM(LENGTH(b)) FROM up"));
        replies.add(client.query("LOAD DATA LOCAL INFILE 'f' INTO TABLE nowhere"));
        return replies;
    }

    private void measuresAreTheSame(String sql) throws IOException {
        try (RawClient direct = direct(); RawClient proxied = proxied()) {
            Reply expected = direct.measure(sql).good();
            assertThat(proxied.measure(sql)).isEqualTo(expected);
            proxied.ping();
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

    private static byte[] execute(int statement, int cursor) {
        return new PayloadWriter().u32(statement).u8(cursor).u32(1).toByteArray();
    }

    private static byte[] id(int statement) {
        return new PayloadWriter().u32(statement).toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
