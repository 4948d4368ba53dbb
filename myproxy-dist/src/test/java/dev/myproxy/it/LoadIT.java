package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients, and slow ones. The daemon is this test's own, so that its memory can be measured. */
class LoadIT {

    private static final int CLIENTS = 1000;
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path directory;

    private ProxyProcess proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = ProxyProcess.start(directory,
                """
                mysql_listen('%s/s', {on_handshake_response = function(client, login)
                  local account, server = login.user:match('^(%%S+) (%%S+)$')
                  return client:connect(server, {user = account, password = login.password})
                end})
                """.formatted(directory));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private RawClient connect() throws IOException {
        return RawClient.connect(Endpoints.unix(directory.resolve("s")));
    }

    @Test
    void thousandClientsAtTheSameTime() throws IOException {
        EmbeddedMariaDb db = EmbeddedMariaDb.shared();
        Login login = Login.clear(account("root", db.socket()), "");
        List<RawClient> clients = new ArrayList<>();
        try {
            connect().login(login).close();
            Awaitility.await().until(() -> proxy.log().stream().anyMatch(line -> line.contains("cause")));
            long descriptors = proxy.process().descriptors();
            long before = proxy.process().residentBytes();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(connect());
            }
            for (RawClient client : clients) {
                client.sendLogin(login);
            }
            for (RawClient client : clients) {
                assertThat(client.stream().read().isOk()).isTrue();
            }
            long idle = proxy.process().residentBytes();
            assertThat(proxy.process().descriptors()).isGreaterThanOrEqualTo(2 * CLIENTS);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.get(i).send(Command.QUERY.payload("SELECT " + i));
                }
                for (int i = 0; i < CLIENTS; i++) {
                    assertThat(clients.get(i).reply(Command.QUERY).value()).isEqualTo(Integer.toString(i));
                }
            }
            System.out.printf("%d idle sessions: %d KiB resident each, %d MiB in all%n", CLIENTS,
                    (idle - before) / CLIENTS / 1024, idle / MEGABYTE);
            assertThat((idle - before) / CLIENTS).isLessThan(64 * 1024);
            closeAll(clients);
            Awaitility.await().untilAsserted(
                    () -> assertThat(proxy.process().descriptors()).isLessThanOrEqualTo(descriptors));
        } finally {
            closeAll(clients);
        }
    }

    private static void closeAll(List<RawClient> clients) throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        clients.clear();
    }

    @Test
    void aSlowReaderSlowsItsServerDown() throws IOException {
        int rows = 300;
        AtomicLong sent = new AtomicLong();
        String megabyte = "y".repeat((int) MEGABYTE);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.stream().wire().limit(Duration.ofSeconds(60));
            c.greet();
            c.acceptAll();
            c.read();
            c.definitions(List.of("a"));
            for (int i = 0; i < rows; i++) {
                c.row(List.of(megabyte));
                sent.incrementAndGet();
            }
            c.eof(Flags.AUTOCOMMIT);
            c.serve();
        }); RawClient client = connect()) {
            client.login(Login.clear(account("joe", server.address()), ""));
            long before = proxy.process().residentBytes();
            client.send(Command.QUERY.payload("x"));
            long stuckAt = awaitStandstill(sent);
            assertThat(stuckAt).as("megabytes that went into sockets and buffers").isLessThan(30);
            Reply reply = client.reply(Command.QUERY, 1, false);
            assertThat(reply.rows()).isEqualTo(rows);
            assertThat(proxy.process().peakResidentBytes() - before).isLessThan(48 * MEGABYTE);
            client.ping();
        }
    }

    @Test
    void aServerThatDoesNotReadSlowsItsClientDown() throws IOException, InterruptedException {
        int total = 100 * (int) MEGABYTE;
        AtomicLong written = new AtomicLong();
        CountDownLatch stuck = new CountDownLatch(1);
        try (FakeServer server = FakeServer.start(Endpoints.tcp(0), c -> {
            c.greet();
            c.acceptAll();
            assertThat(stuck.await(60, TimeUnit.SECONDS)).isTrue();
            for (int bytes = 0; bytes < total;) {
                bytes += c.stream().read(64, new java.util.zip.CRC32C()).length() + 4;
            }
            c.send(1, new byte[]{0, 0, 0, 2, 0, 0, 0});
        }); RawClient client = connect()) {
            client.stream().wire().limit(Duration.ofSeconds(60));
            client.login(Login.clear(account("joe", server.address()), ""));
            long before = proxy.process().residentBytes();
            Thread writer = Thread.ofPlatform().daemon().start(() -> writeStatementParts(client, total, written));
            assertThat(awaitStandstill(written)).isLessThan(30);
            stuck.countDown();
            assertThat(client.reply(Command.PING).last().isOk()).isTrue();
            assertThat(written.get()).isEqualTo(100);
            assertThat(proxy.process().peakResidentBytes() - before).isLessThan(48 * MEGABYTE);
            writer.join();
        }
    }

    /** Long data for a statement needs no answer, so that a client may send it for ever; a ping comes last. */
    private static void writeStatementParts(RawClient client, int total, AtomicLong megabytes) {
        byte[] part = dev.myproxy.peers.PacketStream.frame(0,
                Command.STMT_SEND_LONG_DATA.payload(new byte[(int) MEGABYTE - 5]));
        try {
            for (int bytes = 0; bytes < total - part.length; bytes += part.length) {
                client.stream().wire().write(ByteBuffer.wrap(part));
                megabytes.incrementAndGet();
            }
            byte[] ping = new byte[(int) MEGABYTE - 4];
            ping[0] = (byte) Command.PING.code();
            client.stream().write(0, ping);
            megabytes.incrementAndGet();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long awaitStandstill(AtomicLong counter) {
        long[] last = {-1};
        Awaitility.await().pollInterval(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(() -> {
            long before = last[0];
            last[0] = counter.get();
            return last[0] > 0 && last[0] == before;
        });
        return last[0];
    }

    @Test
    void idleClientsCostNoTime() throws IOException {
        try (FakeServer server = FakeServer.start(Endpoints.unix(directory.resolve("fake")), c -> {
            c.greet();
            c.acceptAll();
            c.serve();
        })) {
            List<RawClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    clients.add(connect().login(Login.clear(account("joe", server.address()), "")));
                }
                // The compiler may be at work on what the logins ran, but not for ever.
                Awaitility.await("two seconds with next to nothing to do").until(() -> {
                    long before = proxy.process().cpuMillis();
                    assertThat(clients.getFirst().stream().isQuiet(Duration.ofSeconds(2))).isTrue();
                    return proxy.process().cpuMillis() - before < 300;
                });
            } finally {
                closeAll(clients);
            }
        }
    }
}
