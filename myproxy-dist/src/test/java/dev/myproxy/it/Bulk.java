package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.util.Arrays;

/**
 * Much that passes at once, in lines of a megabyte.
 *
 * @param megabytes how much
 */
record Bulk(int megabytes) {

    private static final int LINE = (1 << 20) - 1;

    /** The statement that gives it. */
    String sql() {
        return "SELECT REPEAT('x', %d) FROM mysql.seq_1_to_%d".formatted(LINE, megabytes);
    }

    /** Lets a client read it. */
    void read(RawClient client) throws IOException {
        check(client.measure(sql()));
    }

    /** Finds all rows in the response. */
    void check(Reply reply) {
        assertThat(reply.good().rows()).isEqualTo(megabytes);
        assertThat(reply.bytes()).isGreaterThan((long) megabytes * LINE);
    }

    /** Makes a place for what a client will send. */
    void prepare(RawClient client) throws IOException {
        client.query("CREATE TEMPORARY TABLE up (n INT)").good();
    }

    /** Lets a client send it as a file. */
    void send(RawClient client) throws IOException {
        byte[] line = new byte[LINE + 1];
        Arrays.fill(line, (byte) 'x');
        line[LINE] = '\n';
        assertThat(client.query("LOAD DATA LOCAL INFILE 'f' INTO TABLE up (@line) SET n = LENGTH(@line)").wantsFile())
                .isTrue();
        for (int i = 0; i < megabytes; i++) {
            client.stream().write(2 + i & 0xff, line);
        }
        client.stream().write(2 + megabytes & 0xff);
        client.reply(Command.QUERY, 3 + megabytes & 0xff, true).good();
    }

    /** Finds all that was sent. */
    void checkSent(RawClient client) throws IOException {
        assertThat(client.query("SELECT CONCAT(COUNT(*), ' ', SUM(n)) FROM up").value())
                .isEqualTo(megabytes + " " + (long) megabytes * LINE);
    }
}
