package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Wire;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients, servers and service managers see of a daemon that is told to stop. */
@OwnServers
class DrainIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final Err SHUTDOWN = new Err(1053, "08S01", "Server shutdown in progress");
    private static final Login ROOT = Login.clear("root", "");

    @TempDir
    private Path directory;

    private ProxyProcess start(String more) throws IOException {
        return ProxyProcess.start(directory,
                """
                mysql_listen('%1$s/socket', {on_handshake_response = function(client, login)
                    return client:connect('%2$s', {user = login.user, password = ''})
                end})
                prometheus_listen('%1$s/metrics')
                %3$s
                """.formatted(directory, DB.socket(), more));
    }

    private Address at(String name) {
        return new Address.UnixPath(directory.resolve(name).toString());
    }

    private RawClient client() throws IOException {
        return RawClient.connect(at("socket")).login(ROOT);
    }

    private static RawClient inTransaction(RawClient client) throws IOException {
        client.query("START TRANSACTION").good();
        return client;
    }

    private static void assertSentAway(RawClient client, int sequence) throws IOException {
        Packet packet = client.stream().read();
        assertThat(packet.sequence()).isEqualTo(sequence);
        assertThat(packet.err()).isEqualTo(SHUTDOWN);
        client.expectEnd();
        client.close();
    }

    private String get(String path) throws IOException {
        try (Wire wire = new Wire(Endpoints.connect(at("metrics")))) {
            wire.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(1 << 20);
            while (wire.readSome(answer, Duration.ofSeconds(30)) >= 0) {
                // until the end
            }
            return StandardCharsets.UTF_8.decode(answer.flip()).toString();
        }
    }

    @Test
    void clientsGoOneAfterTheOther() throws Exception {
        try (ProxyProcess proxy = start(""); RawClient idle = client(); RawClient busy = inTransaction(client())) {
            assertThat(get("/metrics")).contains("\nmyproxy_draining 0.0\n");

            proxy.process().signal("TERM");

            assertSentAway(idle, 0);
            assertThatThrownBy(() -> RawClient.connect(at("socket"))).isInstanceOf(SocketException.class);
            assertThat(get("/ready")).startsWith("HTTP/1.1 503 ").endsWith("not ready: the daemon is stopping\n");
            assertThat(get("/metrics")).contains("\nmyproxy_draining 1.0\n");
            proxy.awaitLine(line -> line
                    .startsWith("Letting clients go: 1 session left, 1 of them in a transaction; they are ended in "));
            busy.query("SELECT 1").good();
            busy.query("COMMIT").good();
            assertSentAway(busy, 0);
            assertThat(proxy.process().waitForEnd()).isZero();
        }
    }

    @Test
    void theTimeIsUp() throws Exception {
        try (ProxyProcess proxy = start("shutdown_timeout = 0.2"); RawClient busy = inTransaction(client())) {
            proxy.process().signal("TERM");

            assertSentAway(busy, 0);
            assertThat(proxy.process().waitForEnd()).isZero();
        }
    }

    @Test
    void anInterruptLeavesNoTime() throws Exception {
        try (ProxyProcess proxy = start("shutdown_timeout = 86400"); RawClient busy = inTransaction(client())) {
            proxy.process().signal("INT");

            assertSentAway(busy, 0);
            assertThat(proxy.process().waitForEnd()).isZero();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        try (ProxyProcess proxy = start("shutdown_timeout = 86400"); RawClient busy = inTransaction(client())) {
            proxy.process().signal("TERM");
            proxy.awaitLine(line -> line.startsWith("Letting clients go: "));
            busy.query("SELECT 1").good();

            proxy.process().signal("TERM");

            assertThat(proxy.process().waitForEnd()).isEqualTo(143);
        }
    }
}
