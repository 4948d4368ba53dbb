package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.control.ControlCommand;
import dev.myproxy.control.ControlDatagram;
import dev.myproxy.peers.Command;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Packet;
import dev.myproxy.protocol.ByteString;
import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Commands end the sessions of an account, and of no other. */
class ControlIT {

    private static final int CLIENTS = 50;

    @TempDir
    Path directory;

    private final List<RawClient> open = new ArrayList<>();

    @AfterEach
    void closeClients() throws IOException {
        for (RawClient client : open) {
            client.close();
        }
    }

    private String configuration() {
        return """
               control_listen('%s/control')
               mysql_listen('%s/proxy', {
                   on_handshake_response = function(client, login)
                       client.account = login.user
                       return client:connect('%s', {user = 'root', password = ''})
                   end,
               })
               """.formatted(directory, directory, EmbeddedMariaDb.shared().socket());
    }

    private List<RawClient> login(int count, String user) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = RawClient.connect(Endpoints.unix(directory.resolve("proxy")));
            open.add(client);
            clients.add(client);
            client.login(Login.clear(user, "x"));
        }
        return clients;
    }

    private void send(byte[] bytes) throws IOException {
        try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
            socket.connect(AFUNIXSocketAddress.of(directory.resolve("control")));
            socket.send(new DatagramPacket(bytes, bytes.length));
        }
    }

    private static byte[] disconnect(String account) {
        ControlDatagram datagram = new ControlDatagram();
        datagram.add(ControlCommand.DISCONNECT_DATABASE, ByteString.of(account));
        return datagram.toBytes().toByteArray();
    }

    @Test
    void endsTheSessionsOfOneAccount() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(directory, configuration())) {
            List<RawClient> ended = login(CLIENTS, "shop");
            List<RawClient> others = login(5, "shop2");
            RawClient busy = ended.getFirst();
            busy.send(Command.QUERY.payload("SELECT SLEEP(60)"));

            byte[] bad = Arrays.copyOf(disconnect("shop2"), 100);
            bad[16] = 1;
            send(bad);
            send(disconnect("shop"));

            for (RawClient client : ended) {
                Packet packet = client.stream().read();
                assertThat(packet.err()).isEqualTo(new Err(1927, "08S01",
                        "Connection was killed: the administrator has disconnected this account"));
                assertThat(packet.sequence()).isEqualTo(client.equals(busy) ? 1 : 0);
                client.expectEnd();
            }
            proxy.awaitLine(line -> line.equals("Closed 50 connections for account \"shop\""));
            proxy.awaitLine(line -> line.startsWith("Ignored a control datagram of pid="));
            for (RawClient client : others) {
                client.ping();
            }
            login(1, "shop").getFirst().ping();
            assertThat(proxy.log()).noneMatch(line -> line.contains("account \"shop2\""));
            assertThat(proxy.stop()).isZero();
            assertThat(directory.resolve("control")).doesNotExist();
        }
    }
}
