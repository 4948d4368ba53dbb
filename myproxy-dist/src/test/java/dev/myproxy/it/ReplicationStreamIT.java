package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PayloadWriter;
import dev.myproxy.peers.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replication streams, which end when they like or never: through the daemon they are what they are without it. */
@OwnServers
class ReplicationStreamIT {

    private static final int DUMP = 0x12;
    private static final int REGISTER = 0x15;
    private static final int NON_BLOCK = 1;
    private static final int BLOCK = 0;
    private static final int EVENT_TYPE_AT = 5;
    private static final int HEARTBEAT = 27;
    private static final int BIG = 20_000_000;

    @TempDir
    private static Path directory;

    private static EmbeddedMariaDb primary;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        // Older programs read nothing from a server that says to be newer than they are.
        primary = EmbeddedMariaDb.start("--server-id=1", "--log-bin=binlog", "--binlog-format=ROW",
                "--max-connections=100", "--version=10.11.5-MariaDB-log");
        primary.execute("CREATE DATABASE stream", "CREATE TABLE stream.t (n INT PRIMARY KEY, b LONGBLOB)");
        proxy = ProxyProcess.startWatchingBuffers(directory,
                """
                local handlers = {on_handshake_response = function(client, login)
                  return client:connect('%s', login)
                end}
                mysql_listen('%s/s', handlers, {idle_timeout = 0.3, write_timeout = 60})
                function reload() print('reloaded') end
                """.formatted(primary.socket(), directory));
    }

    @AfterAll
    static void stop() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        if (primary != null) {
            primary.close();
        }
    }

    @BeforeEach
    void emptyLog() throws IOException {
        primary.execute("RESET MASTER", "TRUNCATE TABLE stream.t");
    }

    private static RawClient direct() throws IOException {
        return RawClient.connect(primary.socket()).loginNative(Login.clear("root", ""), "");
    }

    private static RawClient proxied() throws IOException {
        return RawClient.connect(Endpoints.unix(directory.resolve("s"))).login(Login.clear("root", ""));
    }

    /** Asks for the binary log from its beginning on, as a replica does. */
    private static RawClient dump(RawClient client, int flags, Duration heartbeat) throws IOException {
        client.query("SET @master_binlog_checksum = 'NONE', @mariadb_slave_capability = 4, @master_heartbeat_period = "
                + heartbeat.toNanos()).good();
        client.send(new PayloadWriter().u8(REGISTER).u32(77).lenencText("host").lenencText("").lenencText("").u16(0)
                .u32(0).u32(0).toByteArray());
        assertThat(client.stream().read().isOk()).isTrue();
        client.send(new PayloadWriter().u8(DUMP).u32(4).u16(flags).u32(77).text("binlog.000001").toByteArray());
        return client;
    }

    /** What comes up to an EOF or ERR. */
    private static List<Packet> toEof(RawClient client) throws IOException {
        List<Packet> packets = new ArrayList<>();
        do {
            packets.add(client.stream().read());
        } while (packets.getLast().isOk() || packets.getLast().length() == 0);
        return packets;
    }

    /** The server closes behind the EOF. */
    @Test
    void thatEndAtTheEndOfTheLog() throws IOException {
        for (int i = 0; i < 300; i++) {
            primary.execute("INSERT INTO stream.t VALUES (" + i + ", 'row')");
        }
        List<List<Packet>> all = new ArrayList<>();
        for (RawClient client : List.of(direct(), proxied())) {
            try (client) {
                all.add(toEof(dump(client, NON_BLOCK, Duration.ofSeconds(100))));
                client.expectEnd();
            }
        }
        assertThat(all.get(0)).hasSizeGreaterThan(900).last().satisfies(eof -> assertThat(eof.first()).isEqualTo(0xfe));
        assertThat(all.get(1)).isEqualTo(all.get(0));
    }

    @Test
    void thatAreRefused() throws IOException {
        for (RawClient client : List.of(direct(), proxied())) {
            try (client) {
                client.send(new PayloadWriter().u8(DUMP).u32(4).u16(BLOCK).u32(78).text("nosuch.000001").toByteArray());
                List<Packet> packets = toEof(client);
                assertThat(packets.getLast().err().code()).isEqualTo(1236);
                assertThat(packets.getLast().sequence()).isEqualTo(packets.size());
            }
        }
    }

    /** Neither silence, nor large events, nor a reload of the configuration, nor the limit for idle clients ends them. */
    @Test
    void withoutEnd() throws IOException, InterruptedException {
        try (RawClient client = dump(proxied(), BLOCK, Duration.ofMillis(400))) {
            client.limit(Duration.ofSeconds(30));
            awaitHeartbeats(client, 3);
            proxy.process().signal("HUP");
            proxy.awaitLine(line -> line.endsWith("reloaded"));
            primary.execute("INSERT INTO stream.t VALUES (1, REPEAT('x', " + BIG + "))");
            CRC32C checksum = new CRC32C();
            long bytes = 0;
            while (bytes < BIG) {
                bytes += client.stream().read(64, checksum).length();
            }
            awaitHeartbeats(client, 2);
        }
        Awaitility.await("end of the stream at the server").atMost(Duration.ofSeconds(30)).until(() -> primary
                .value("SELECT COUNT(*) FROM information_schema.processlist WHERE command = 'Binlog Dump'")
                .equals("0"));
        assertThat(proxy.log()).noneMatch(line -> line.contains("LEAK") || line.contains("Exception"));
    }

    private static void awaitHeartbeats(RawClient client, int count) throws IOException {
        for (int seen = 0; seen < count;) {
            Packet packet = client.stream().read(64, new CRC32C());
            assertThat(packet.isErr()).as("%s", packet).isFalse();
            seen += packet.length() > EVENT_TYPE_AT && packet.payload()[EVENT_TYPE_AT] == HEARTBEAT ? 1 : 0;
        }
    }

    /** The program of MariaDB that follows the binary log, where it is installed. */
    @Test
    void ofMariadbBinlog() throws Exception {
        Path program = Path.of("/usr/bin/mariadb-binlog");
        assumeTrue(Files.isExecutable(program), program + " is not installed");
        Path out = directory.resolve("binlog.out");
        Process process = new ProcessBuilder(program.toString(), "--no-defaults", "--skip-ssl", "--user=root",
                "--socket=" + directory.resolve("s"), "--read-from-remote-server", "--stop-never", "binlog.000001")
                .redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            for (int i = 1; i <= 3; i++) {
                String mark = "CREATE TABLE stream.mark_" + i + " (n INT)";
                primary.execute(mark, "DROP TABLE stream.mark_" + i);
                Awaitility.await(mark).atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(Files
                        .readString(out, StandardCharsets.ISO_8859_1)).contains(mark));
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A replica that acknowledges: what it sends is no command, and reaches the server, which waits for it. */
    @Test
    void withAcknowledgements() throws Exception {
        primary.execute("SET GLOBAL rpl_semi_sync_master_timeout = 60000",
                "SET GLOBAL rpl_semi_sync_master_wait_no_slave = ON", "SET GLOBAL rpl_semi_sync_master_enabled = ON");
        try (RawClient replica = proxied()) {
            replica.limit(Duration.ofSeconds(30)).query("SET @rpl_semi_sync_slave = 1").good();
            dump(replica, BLOCK, Duration.ofSeconds(100));
            Thread writer = Thread.ofPlatform().daemon().start(ReplicationStreamIT::insert);
            acknowledge(replica);
            assertThat(writer.join(Duration.ofSeconds(30))).as("the writer has its answer").isTrue();
            assertThat(primary.value("SELECT variable_value FROM information_schema.global_status "
                    + "WHERE variable_name = 'Rpl_semi_sync_master_yes_tx'")).isEqualTo("1");
        } finally {
            primary.execute("SET GLOBAL rpl_semi_sync_master_enabled = OFF");
        }
    }

    private static void insert() {
        try {
            primary.execute("INSERT INTO stream.t VALUES (1, 'acknowledged')");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Events are {@code 00 ef flag event}; where the flag is set, the position behind the event is acknowledged. */
    private static void acknowledge(RawClient replica) throws IOException {
        String file = "binlog.000001";
        while (true) {
            Packet packet = replica.stream().read();
            assertThat(packet.isErr()).as("%s", packet).isFalse();
            if (packet.length() > 20 && (packet.payload()[1] & 0xff) == 0xef && packet.payload()[2] == 1) {
                long position = java.nio.ByteBuffer.wrap(packet.payload()).order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getInt(3 + 13) & 0xffff_ffffL;
                replica.stream().write(0, new PayloadWriter().u8(0xef).u64(position)
                        .bytes(file.getBytes(StandardCharsets.UTF_8)).toByteArray());
                return;
            }
        }
    }
}
