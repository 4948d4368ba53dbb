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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large results, commands and files are the same directly with MariaDB and through the daemon. */
class LargePacketsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    private final SharedProxy proxy = SharedProxy.standard();

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
    void theRestOfALargeRowIsNoPacketOfItsOwn(int size) throws IOException {
        int header = size - 4 < 1 << 24 ? 4 : 9;
        int filler = size % 2 == 0 ? 0xfe : 0xff;
        measuresAreTheSame("SELECT REPEAT(X'%x', %d); SELECT 'next'".formatted(filler, size - header));
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

    /** Behind the first of ten megabytes comes a row that is there already, or one that the server gives up at. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRowThatCanNotBe(boolean fatal) throws IOException {
        DB.execute("CREATE DATABASE IF NOT EXISTS large",
                "CREATE OR REPLACE TABLE large.once (n INT PRIMARY KEY, b LONGBLOB)");
        if (fatal) {
            DB.execute("CREATE TRIGGER large.at_one BEFORE INSERT ON large.once FOR EACH ROW BEGIN "
                    + "IF NEW.n = 1 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF; END");
        }
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        List<List<Reply>> replies = new ArrayList<>();
        for (RawClient client : List.of(direct(), proxied())) {
            try (client) {
                List<Reply> all = new ArrayList<>(List.of(client.query("TRUNCATE TABLE large.once"),
                        client.query("LOAD DATA LOCAL INFILE 'f' INTO TABLE large.once")));
                for (int i = 0; i < 10; i++) {
                    client.stream().write(2 + i,
                            new PayloadWriter().text(i / 2 + "\t").bytes(megabyte).text("\n").toByteArray());
                }
                client.stream().write(12);
                all.add(client.reply(Command.QUERY, 13, true));
                assertThat(all.getLast().failed()).isEqualTo(fatal);
                all.add(client.query("SELECT COUNT(*), SUM(LENGTH(b)) FROM large.once"));
                replies.add(all);
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
        for (long flags : new long[]{Flags.CLASSIC, Flags.MODERN}) {
            try (RawClient direct = direct(flags); RawClient proxied = proxied(flags)) {
                Reply expected = direct.measure(sql).good();
                assertThat(proxied.measure(sql)).isEqualTo(expected);
                proxied.ping();
            }
        }
    }

    private static RawClient direct() throws IOException {
        return direct(Flags.MODERN);
    }

    private static RawClient direct(long flags) throws IOException {
        return RawClient.connect(DB.socket()).loginNative(login("root", flags), "");
    }

    private RawClient proxied() throws IOException {
        return proxied(Flags.MODERN);
    }

    private RawClient proxied(long flags) throws IOException {
        return proxy.connect().login(login(account("root", DB.socket()), flags));
    }

    private static Login login(String user, long flags) {
        return Login.clear(user, "").withFlags(flags | Flags.LOCAL_FILES).withDatabase("mysql");
    }
}
