package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A file and a result that the daemon could not hold: its memory does not grow with them. {@code -Dmyproxy.it.megabytes=1024}
 * makes them a gigabyte.
 */
class GigabyteIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final int MEGABYTES = Integer.getInteger("myproxy.it.megabytes", 100);
    private static final long MEGABYTE = 1 << 20;
    private static final int LINE = (int) MEGABYTE - 1;

    private final SharedProxy proxy = SharedProxy.standard();

    /** What happens while the daemon's memory is watched. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    @Test
    void aFile() throws Exception {
        byte[] line = new byte[(int) MEGABYTE];
        Arrays.fill(line, (byte) 'x');
        line[LINE] = '\n';
        try (RawClient client = client()) {
            client.query("CREATE TEMPORARY TABLE up (n INT)").good();
            watched("file", () -> {
                assertThat(client.query("LOAD DATA LOCAL INFILE 'f' INTO TABLE up (@line) SET n = LENGTH(@line)")
                        .wantsFile()).isTrue();
                for (int i = 0; i < MEGABYTES; i++) {
                    client.stream().write(2 + i & 0xff, line);
                }
                client.stream().write(2 + MEGABYTES & 0xff);
                client.reply(Command.QUERY, 3 + MEGABYTES & 0xff, true).good();
            });
            assertThat(client.query("SELECT CONCAT(COUNT(*), ' ', SUM(n)) FROM up").value())
                    .isEqualTo(MEGABYTES + " " + (long) MEGABYTES * LINE);
        }
    }

    @Test
    void aResult() throws Exception {
        String sql = "SELECT REPEAT('x', %d) FROM mysql.seq_1_to_%d".formatted(LINE, MEGABYTES);
        try (RawClient client = client()) {
            watched("result", () -> {
                Reply reply = client.measure(sql).good();
                assertThat(reply.rows()).isEqualTo(MEGABYTES);
                assertThat(reply.bytes()).isGreaterThan((long) MEGABYTES * LINE);
            });
            client.ping();
        }
    }

    /** The client takes a row, and then nothing until the server can't send any more. */
    @Test
    void aResultThatNobodyReadsForAWhile() throws Exception {
        String sql = "SELECT REPEAT('x', %d) FROM mysql.seq_1_to_%d".formatted(LINE, MEGABYTES);
        try (RawClient client = client()) {
            watched("result, slowly", () -> {
                client.send(Command.QUERY.payload(sql));
                org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> DB.value(
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'Writing to net'")
                        .equals("1"));
                Reply reply = client.reply(Command.QUERY, 1, false).good();
                assertThat(reply.rows()).isEqualTo(MEGABYTES);
            });
            client.ping();
        }
    }

    private RawClient client() throws IOException {
        return proxy.connect().limit(Duration.ofMinutes(2))
                .login(Login.clear(account("root", DB.socket()), "").with(Flags.LOCAL_FILES).withDatabase("mysql"));
    }

    /** Fails if the daemon takes much more memory at any moment than it had before. */
    private void watched(String what, Task task) throws Exception {
        OsProcess daemon = proxy.process().process();
        long before = daemon.residentBytes();
        long began = System.nanoTime();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong most = new AtomicLong();
        Thread watch = Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                most.accumulateAndGet(resident(daemon), Math::max);
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        });
        try {
            task.run();
        } finally {
            over.set(true);
            watch.join();
        }
        System.out.printf("%s of %d MiB in %d ms: %d MiB resident before, %d MiB at most%n", what, MEGABYTES,
                (System.nanoTime() - began) / 1_000_000, before / MEGABYTE, most.get() / MEGABYTE);
        assertThat(most.get() - before).as("memory for a " + what).isLessThan(64 * MEGABYTE);
    }

    private static long resident(OsProcess process) {
        try {
            return process.residentBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
