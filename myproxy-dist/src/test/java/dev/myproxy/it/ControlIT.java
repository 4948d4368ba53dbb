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
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Commands end the sessions of an account, and of no other. */
@OwnServers
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

    @Test
    void scriptsSendCommandsOverUdp() throws Exception {
        int port = freeUdpPort();
        String sender = """
                        control_listen('127.0.0.1:%d', {allow = {'127.0.0.0/8'}})
                        local control = assert(control_client:new('127.0.0.1:%d'))
                        mysql_listen('%s/admin', {
                            on_handshake_response = function(client, login)
                                assert(control:send(control:build():disconnect_database('nobody', login.user)))
                                return client:err('Sent')
                            end,
                        })
                        """.formatted(port, port, directory);
        try (ProxyProcess proxy = ProxyProcess.start(directory, sender + configuration())) {
            RawClient ended = login(1, "shop").getFirst();
            try (RawClient admin = RawClient.connect(Endpoints.unix(directory.resolve("admin")))) {
                admin.readGreeting();
                assertThat(admin.tryLogin(Login.clear("shop", "x")).err().message()).isEqualTo("Sent");
            }

            assertThat(ended.stream().read().err().code()).isEqualTo(1927);
            proxy.awaitLine(line -> line.equals("Closed 1 connections for account \"shop\""));
            assertThat(proxy.log()).noneMatch(line -> line.contains("\"nobody\""));
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theManualsCommandsWork() throws Exception {
        try (ProxyProcess _ = ProxyProcess.start(directory, configuration())) {
            runs("python3", command("lua/control-listen.md", "```sh ControlIT\\n(.*?)```"));
            runs("socat", command("lua/control-listen.md", "`(printf .*?)`"));
        }
    }

    private static String command(String page, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs").resolve(page)));
        assertThat(matcher.find()).as(page).isTrue();
        return matcher.group(1);
    }

    /** Runs a command of the manual if this machine has what it needs. */
    private void runs(String program, String command) throws Exception {
        if (Stream.of(System.getenv("PATH").split(":")).noneMatch(bin -> Files.isExecutable(Path.of(bin, program)))) {
            System.err.println("No " + program + " here: not tried: " + command);
            return;
        }
        RawClient ended = login(1, "acct").getFirst();
        Process shell = new ProcessBuilder("sh", "-c",
                command.replace("/run/myproxy/control", directory.resolve("control").toString())
                        .replace("ACCOUNT", "acct"))
                .inheritIO().start();
        assertThat(shell.waitFor()).as(command).isZero();
        assertThat(ended.stream().read().err().code()).as(command).isEqualTo(1927);
    }
}
