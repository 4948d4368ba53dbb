package dev.myproxy.lua.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.transport.Transport;
import io.netty.channel.epoll.Epoll;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFDatagramSocket;
import org.newsclub.net.unix.AFSocketType;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class NettyNetworkTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int MAX = 64 * 1024;

    @TempDir
    Path directory;

    private Vertx vertx;
    private NettyNetwork network;

    @BeforeEach
    void start() {
        assumeTrue(Epoll.isAvailable());
        vertx = Vertx.builder().withTransport(Transport.preferred()).build();
        network = new NettyNetwork(vertx);
    }

    @AfterEach
    void stop() {
        if (vertx != null) {
            network.close();
            Awaitility.await().untilAsserted(() -> assertThat(network.count()).isZero());
            vertx.close().await();
        }
    }

    @Test
    void speaksTcp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ScriptSocket socket = connect(Address.of(server.getLocalSocketAddress()), SocketKind.STREAM);
            try (Socket peer = server.accept()) {
                await(socket.send(ByteString.of("ping"), LONG));
                assertThat(peer.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
                peer.getOutputStream().write("pong, and more".getBytes(StandardCharsets.US_ASCII));

                assertThat(receive(socket, 4)).isEqualTo("pong");
                assertThat(receive(socket, MAX)).isEqualTo(", and more");
            }
            assertThat(await(socket.receive(MAX, LONG))).isEmpty();
            assertThat(await(socket.receive(MAX, LONG))).isEmpty();
        }
    }

    @Test
    void whatAClosedPeerLeftIsStillThere() throws Exception {
        byte[] much = new byte[150_000];
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            ScriptSocket socket = connect(new Address.UnixPath(path.toString()), SocketKind.STREAM);
            try (SocketChannel peer = server.accept()) {
                assertThat(peer.write(ByteBuffer.wrap(much))).isEqualTo(much.length);
            }
            int received = 0;
            Optional<ByteString> part = await(socket.receive(MAX, LONG));
            while (part.isPresent()) {
                received += part.get().length();
                part = await(socket.receive(MAX, LONG));
            }

            assertThat(received).isEqualTo(much.length);
            assertFailure(socket.send(ByteString.of("x"), LONG), "Broken pipe");
            assertFailure(socket.send(ByteString.of("x"), LONG), "Broken pipe");
        }
    }

    @Test
    void aReceiveThatTimesOutMayBeMadeAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ScriptSocket socket = connect(Address.of(server.getLocalSocketAddress()), SocketKind.STREAM);
            try (Socket peer = server.accept()) {
                assertFailure(socket.receive(MAX, SHORT), "timeout");
                peer.getOutputStream().write("late".getBytes(StandardCharsets.US_ASCII));

                assertThat(receive(socket, MAX)).isEqualTo("late");
            }
        }
    }

    @Test
    void onlyOneMayReceiveAtATime() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ScriptSocket socket = connect(Address.of(server.getLocalSocketAddress()), SocketKind.STREAM);
            Future<Optional<ByteString>> first = socket.receive(MAX, LONG);

            assertFailure(socket.receive(MAX, LONG), "Another receive is waiting");
            socket.close();

            assertFailure(first, "Bad file descriptor");
        }
    }

    @Test
    void nothingWorksWhenItIsClosed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            ScriptSocket socket = connect(Address.of(server.getLocalSocketAddress()), SocketKind.STREAM);
            try (Socket peer = server.accept()) {
                socket.close();
                socket.close();

                assertFailure(socket.send(ByteString.of("x"), LONG), "Bad file descriptor");
                assertFailure(socket.receive(MAX, LONG), "Bad file descriptor");
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
        }
        Awaitility.await().untilAsserted(() -> assertThat(network.count()).isZero());
    }

    @Test
    void aSendThatTimesOutEndsTheConnection() throws Exception {
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            ScriptSocket socket = connect(new Address.UnixPath(path.toString()), SocketKind.STREAM);

            assertFailure(socket.send(ByteString.copyOf(new byte[4_000_000]), SHORT), "timeout");

            assertFailure(socket.send(ByteString.of("x"), LONG), "Bad file descriptor");
        }
    }

    @Test
    void saysWhyItCouldNotConnect() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        String missing = directory.resolve("missing").toString();
        Address tcp = Address.inet(InetAddress.getLoopbackAddress(), port);

        assertFailure(network.connect(tcp, SocketKind.STREAM, LONG), "Connection refused");
        assertFailure(network.connect(tcp, SocketKind.SEQPACKET, LONG), "Socket type not supported");
        for (SocketKind kind : SocketKind.values()) {
            assertFailure(network.connect(new Address.UnixPath(missing), kind, LONG), "No such file or directory");
            assertFailure(network.connect(new Address.Abstract(missing), kind, LONG), "Connection refused");
        }
        Awaitility.await().untilAsserted(() -> assertThat(network.count()).isZero());
    }

    @Test
    void kindsMustAgree() throws Exception {
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Address address = new Address.UnixPath(path.toString());

            assertFailure(network.connect(address, SocketKind.DGRAM, LONG), "Protocol wrong type for socket");
            assertFailure(network.connect(address, SocketKind.SEQPACKET, LONG), "Protocol wrong type for socket");
        }
    }

    @Test
    void speaksUdp() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ScriptSocket socket = connect(Address.of(peer.getLocalSocketAddress()), SocketKind.DGRAM);

            await(socket.send(ByteString.of("ping"), LONG));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            peer.receive(packet);
            for (String answer : new String[]{"first", "second"}) {
                packet.setData(answer.getBytes(StandardCharsets.US_ASCII));
                peer.send(packet);
            }

            assertThat(receive(socket, 3)).isEqualTo("fir");
            assertThat(receive(socket, MAX)).isEqualTo("second");
            assertFailure(socket.send(ByteString.copyOf(new byte[70_000]), LONG), "Message too long");
            await(socket.send(ByteString.of("still alive"), LONG));
        }
    }

    @Test
    void aRefusedDatagramIsToldOnce() throws Exception {
        int port;
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = peer.getLocalPort();
        }
        ScriptSocket socket = connect(Address.inet(InetAddress.getLoopbackAddress(), port), SocketKind.DGRAM);

        await(socket.send(ByteString.of("nobody is there"), LONG));

        assertFailure(socket.receive(MAX, LONG), "Connection refused");
        assertFailure(socket.receive(MAX, SHORT), "timeout");
    }

    @Test
    void speaksUnixDatagrams() throws Exception {
        Path path = directory.resolve("s");
        Address address = new Address.UnixPath(path.toString());
        ScriptSocket socket;
        try (AFUNIXDatagramSocket peer = AFUNIXDatagramSocket.newInstance()) {
            peer.bind(AFUNIXSocketAddress.of(path));
            socket = connect(address, SocketKind.DGRAM);
            await(socket.send(ByteString.of("ping"), LONG));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            peer.receive(packet);
            assertThat(packet.getLength()).isEqualTo(4);
            // junixsocket does not see where an abstract name ends
            String name = packet.getSocketAddress().toString().replaceAll(".*%00(myproxy-[0-9a-f-]+)%00.*", "$1");
            peer.getChannel().send(StandardCharsets.US_ASCII.encode("pong"),
                    AFUNIXSocketAddress.inAbstractNamespace(name));

            assertThat(receive(socket, MAX)).isEqualTo("pong");
        }
        assertFailure(socket.send(ByteString.of("x"), LONG), "Connection refused");
    }

    @Test
    void speaksSequencedPackets() throws Exception {
        Path path = directory.resolve("s");
        try (AFUNIXDatagramSocket server = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_SEQPACKET)) {
            server.bind(AFUNIXSocketAddress.of(path));
            server.listen(5);
            ScriptSocket socket = connect(new Address.UnixPath(path.toString()), SocketKind.SEQPACKET);
            try (AFDatagramSocket<AFUNIXSocketAddress> peer = server.accept()) {
                Future<Void> first = socket.send(ByteString.of("one"), LONG);
                Future<Void> second = socket.send(ByteString.of("two"), LONG);
                await(Future.all(first, second));

                assertThat(receive(peer)).isEqualTo("one");
                assertThat(receive(peer)).isEqualTo("two");
                send(peer, "three");
                send(peer, "four");
                assertThat(receive(socket, 2)).isEqualTo("th");
                assertThat(receive(socket, MAX)).isEqualTo("four");
                assertFailure(socket.send(ByteString.copyOf(new byte[8_000_000]), LONG), "Message too long");
                await(socket.send(ByteString.of("still alive"), LONG));
                assertThat(receive(peer)).isEqualTo("still alive");
            }
            assertThat(await(socket.receive(MAX, LONG))).isEmpty();
        }
    }

    @Test
    void waitsForAPeerThatIsBusy() throws Exception {
        Path path = directory.resolve("s");
        try (AFUNIXDatagramSocket server = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_SEQPACKET)) {
            server.bind(AFUNIXSocketAddress.of(path));
            server.listen(1);
            Address address = new Address.UnixPath(path.toString());
            connect(address, SocketKind.SEQPACKET);
            connect(address, SocketKind.SEQPACKET);
            assertFailure(network.connect(address, SocketKind.SEQPACKET, SHORT), "timeout");
            Future<ScriptSocket> patient = network.connect(address, SocketKind.SEQPACKET, LONG);
            server.accept().close();

            await(patient).close();
        }
    }

    @Test
    void scriptsCannotTakeAllDescriptors() throws Exception {
        Path path = directory.resolve("s");
        Address address = new Address.UnixPath(path.toString());
        try (AFUNIXDatagramSocket peer = AFUNIXDatagramSocket.newInstance()) {
            peer.bind(AFUNIXSocketAddress.of(path));
            List<Future<ScriptSocket>> sockets = new ArrayList<>();
            for (int i = 0; i < NettyNetwork.MOST_SOCKETS; i++) {
                sockets.add(network.connect(address, SocketKind.DGRAM, LONG));
            }
            await(Future.all(sockets));

            assertFailure(network.connect(address, SocketKind.DGRAM, LONG), "Too many open sockets (1000)");

            await(sockets.getFirst()).close();
            Awaitility.await().untilAsserted(() -> assertThat(network.count()).isLessThan(NettyNetwork.MOST_SOCKETS));
            connect(address, SocketKind.DGRAM);
        }
    }

    private static String receive(AFDatagramSocket<?> peer) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        peer.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static void send(AFDatagramSocket<?> peer, String text) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        packet.setData(text.getBytes(StandardCharsets.US_ASCII));
        peer.send(packet);
    }

    private ScriptSocket connect(Address address, SocketKind kind) throws Exception {
        return await(network.connect(address, kind, LONG));
    }

    private static String receive(ScriptSocket socket, int max) throws Exception {
        return await(socket.receive(max, LONG)).orElseThrow().utf8();
    }

    private static void assertFailure(Future<?> future, String message) {
        assertThatThrownBy(() -> await(future)).cause().isInstanceOf(IOException.class).hasMessage(message);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
