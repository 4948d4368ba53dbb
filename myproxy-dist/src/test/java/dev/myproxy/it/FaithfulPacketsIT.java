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
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client may rely on about packets, whatever they contain and however they arrive. The listener of most tests has
 * handlers, so that the daemon looks at commands and statements.
 */
class FaithfulPacketsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

    private RawClient client(String listener, long flags) throws IOException {
        return proxy.connect(listener)
                .login(Login.clear(account("root", DB.socket()), "").withFlags(flags | Flags.LOCAL_FILES)
                        .withDatabase("mysql"));
    }

    @Test
    void aResultWithDeprecateEofEndsWithItsOk() throws IOException {
        try (RawClient client = client("query", Flags.MODERN)) {
            for (String sql : List.of("SELECT 1", "SELECT 1 FROM DUAL WHERE FALSE", "SELECT 1; SELECT 2")) {
                Packet last = client.query(sql).good().last();
                assertThat(last.first()).isEqualTo(0xfe);
                assertThat(last.length()).isEqualTo(7);
            }
            client.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Flags.CLASSIC, Flags.MODERN})
    void aRowIsNeverTakenForTheEndOfItsResult(long flags) throws IOException {
        try (RawClient client = client("query", flags)) {
            assertThat(client.query("SELECT '' UNION ALL SELECT NULL UNION ALL SELECT '' UNION ALL SELECT 'last'")
                    .textRows()).isEqualTo(List.of(List.of(""), List.of("NULL"), List.of(""), List.of("last")));
            // Its length takes nine bytes, the first of which is FE.
            Reply reply = client.measure("SELECT REPEAT('x', 16777216) UNION ALL SELECT 'last'").good();
            assertThat(reply.rows()).isEqualTo(2);
            client.ping();
        }
    }

    @Test
    void anAnswerOfTheDaemonsOwnKeepsItsPlaceBehindALargeResult() throws IOException {
        try (RawClient client = client("init-db", Flags.MODERN)) {
            for (int i = 0; i < 3; i++) {
                client.send(Command.QUERY.payload("SELECT REPEAT('x', 3000000) FROM seq_1_to_3"));
                client.send(Command.INIT_DB.payload("denied"));
                client.send(Command.INIT_DB.payload("long"));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(client.reply(Command.QUERY).rows()).isEqualTo(3);
                assertThat(client.reply(Command.INIT_DB).err().message()).isEqualTo("Not your database: denied");
                assertThat(client.reply(Command.INIT_DB).err().message()).hasSize(5000);
            }
        }
    }

    @Test
    void emptyPacketsPassBothWays() throws IOException {
        try (RawClient client = client("query", Flags.MODERN)) {
            // As a command: the server says what it thinks of it, and goes on.
            client.send();
            assertThat(client.reply(Command.PING).err().code()).isEqualTo(1047);
            client.query("CREATE TEMPORARY TABLE up (v LONGTEXT)").good();
            // As the end of a file of nothing, and of one that fills its packet.
            for (int size : new int[]{0, Packet.MAX}) {
                assertThat(client.query("LOAD DATA LOCAL INFILE 'f' INTO TABLE up").wantsFile()).isTrue();
                int sequence = 2;
                if (size > 0) {
                    client.stream().write(sequence, new byte[size]);
                    sequence += 2;
                }
                client.stream().write(sequence);
                assertThat(client.stream().read().isOk()).isTrue();
            }
            // As the end of a row that fills its packet.
            assertThat(client.measure("SELECT REPEAT('x', 16777211)").good().rows()).isEqualTo(1);
            client.ping();
        }
    }

    @Test
    void whatTheServerSentBeforeItClosedIsDelivered() throws IOException {
        String megabyte = "x".repeat(1 << 20);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.definitions(List.of("a"));
            for (int i = 0; i < 20; i++) {
                c.row(List.of(megabyte));
            }
            c.eof(Flags.AUTOCOMMIT);
        }); RawClient client = proxy.loggedIn("main", server.address())) {
            client.send(Command.QUERY.payload("x"));
            Reply reply = client.reply(Command.QUERY, 1, false).good();
            assertThat(reply.rows()).isEqualTo(20);
            assertThat(reply.bytes()).isGreaterThan(20 << 20);
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 252, 253, 254, 600})
    void anErrorInTheMiddleOfAResultHasTheNextSequenceId(int rows) throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            c.read();
            c.definitions(List.of("a"));
            for (int i = 0; i < rows; i++) {
                c.row(List.of(""));
            }
        }); RawClient client = proxy.loggedIn("main", server.address())) {
            // A reply checks that sequence ids count up.
            Reply reply = client.query("x");
            assertThat(reply.rows()).isEqualTo(rows);
            assertThat(reply.err()).isEqualTo(new Err(1047, "08S01", "Server closed the connection"));
            assertThat(reply.last().sequence()).isEqualTo((rows + 3) % 256);
        }
    }

    @Test
    void aClientThatStopsReadingIsNotCut() throws IOException {
        try (RawClient slow = client("query", Flags.MODERN); RawClient other = client("query", Flags.MODERN)) {
            slow.send(Command.QUERY.payload("SELECT REPEAT('x', 1000000) FROM seq_1_to_40"));
            slow.send(Command.PING.payload());
            for (int i = 0; i < 200; i++) {
                other.ping();
            }
            assertThat(slow.reply(Command.QUERY, 1, false).rows()).isEqualTo(40);
            assertThat(slow.reply(Command.PING).last().isOk()).isTrue();
        }
    }

    @Test
    void aLongAnswerOfTheDaemonsOwnWaitsForASlowReader() throws IOException, InterruptedException {
        try (RawClient client = client("init-db", Flags.MODERN)) {
            // More than any socket holds, 5000 bytes each.
            int times = 4000;
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < times; i++) {
                        client.send(Command.INIT_DB.payload("long"));
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int i = 0; i < times; i++) {
                assertThat(client.reply(Command.INIT_DB).err().message()).hasSize(5000);
            }
            assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 8191, 8192, 20_011})
    void aCommandThatArrivesInPiecesIsSeenWhole(int piece) throws IOException {
        String name = "denied" + "x".repeat(20_000);
        byte[] command = PacketStream.frame(0, Command.INIT_DB.payload(name));
        try (RawClient client = client("init-db", Flags.MODERN)) {
            if (piece == 1) {
                // The header byte by byte, then the rest.
                client.stream().raw(command[0]);
                client.stream().raw(command[1]);
                client.stream().raw(java.util.Arrays.copyOfRange(command, 2, command.length));
            } else {
                for (int at = 0; at < command.length; at += piece) {
                    client.stream().raw(
                            java.util.Arrays.copyOfRange(command, at, Math.min(command.length, at + piece)));
                }
            }
            assertThat(client.reply(Command.INIT_DB).err().message()).isEqualTo("Not your database: " + name);
        }
    }
}
