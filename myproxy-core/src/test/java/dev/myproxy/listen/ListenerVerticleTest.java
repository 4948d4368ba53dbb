package dev.myproxy.listen;

import dev.myproxy.posix.SocketFacts;
import dev.myproxy.inherit.InheritedSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.TestedTransport;
import dev.myproxy.transport.Transport;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.Socket;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.myproxy.transport.TestedTransport#nativeKinds")
class ListenerVerticleTest {

    @TempDir
    Path dir;

    private final Vertx vertx = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(4))
            .withTransport(Transport.preferred()).build();
    private final Transport transport;
    private final EventLoopBalance loops;
    private final BlockingQueue<AcceptedClient> accepted = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Boolean> onOwnLoop = new ConcurrentLinkedQueue<>();

    ListenerVerticleTest(Sockets kind) {
        transport = TestedTransport.of(kind, vertx, 4);
        loops = new EventLoopBalance(transport.loops());
    }

    @AfterEach
    void stop() {
        accepted.forEach(client -> client.channel().close().syncUninterruptibly());
        vertx.close().await();
        transport.close();
    }

    @Test
    void acceptsOverUnixSockets() throws Exception {
        Path path = dir.resolve("s");
        String id = listen(new Address.UnixPath(path.toString()));
        ListenBus.accept(vertx);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            AcceptedClient session = next();
            assertThat(session.listener()).hasToString(path.toString());
            assertThat(session.peer()).hasToString("?");
            assertThat(session.credentials()).hasValueSatisfying(peer -> {
                assertThat(peer.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(peer.uid()).isEqualTo(attribute("unix:uid"));
                assertThat(peer.gid()).isEqualTo(attribute("unix:gid"));
            });
            assertThat(session.channel().config().isAutoRead()).isFalse();
            assertThat(session.channel().pipeline().names()).hasSize(1);
            assertThat(client.isConnected()).isTrue();
        }
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
        vertx.undeploy(id).await();
        assertThat(path).doesNotExist();
    }

    @Test
    void theModeOfASocketCanBeChosen() throws Exception {
        Path path = dir.resolve("s");
        ListenerVerticle listener = new ListenerVerticle(transport, new Address.UnixPath(path.toString()), dir, loops,
                accepted::add).mode(0640);
        assertThat(listener.isAccepting()).isFalse();

        String id = vertx.deployVerticle(listener).await(60, TimeUnit.SECONDS);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-r-----");
        assertThat(listener.isAccepting()).isFalse();
        ListenBus.accept(vertx);
        Awaitility.await().until(listener::isAccepting);
        vertx.undeploy(id).await(60, TimeUnit.SECONDS);
        assertThat(listener.isAccepting()).isFalse();
        assertThat(path).doesNotExist();
    }

    @Test
    void acceptsOverAbstractSockets() throws Exception {
        Address address = new Address.Abstract("myproxy-test-" + UUID.randomUUID());
        listen(address);
        ListenBus.accept(vertx);
        Socket client = Socket.newSocketDomain();
        try {
            client.connect(address.toNetty());
            assertThat(next().listener()).isEqualTo(address);
        } finally {
            client.close();
        }
        assertThatThrownBy(() -> listen(address)).isInstanceOf(IOException.class)
                .hasMessage("Failed to bind to " + address + ": Address already in use");
    }

    @Test
    void acceptsOverIpv4() throws Exception {
        AcceptedClient session = acceptsTcp("127.0.0.1:0", "127.0.0.1");
        assertThat(session.listener().toString()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(session.credentials()).isEmpty();
    }

    @Test
    void acceptsOverIpv6() throws Exception {
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        assertThat(acceptsTcp("[::1]:0", "::1").listener().toString()).matches("\\[::1]:\\d+");
    }

    @Test
    void theWildcardTakesBoth() throws Exception {
        assertThat(acceptsTcp("*:0", "127.0.0.1").peer().toString()).startsWith("127.0.0.1:");
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        assertThat(acceptsTcp("*:0", "::1").peer().toString()).startsWith("[::1]:");
    }

    @Test
    void clientsWaitUntilTheListenerMayAccept() throws Exception {
        Path path = dir.resolve("s");
        listen(new Address.UnixPath(path.toString()));
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(accepted.poll(300, TimeUnit.MILLISECONDS)).isNull();
            ListenBus.accept(vertx);
            next();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void spreadsAThousandQuickClients() throws Exception {
        Path path = dir.resolve("s");
        listen(new Address.UnixPath(path.toString()));
        ListenBus.accept(vertx);
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            clients.add(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        }
        Awaitility.await().until(() -> accepted.size() == 1_000);
        assertThat(loops.clients()).containsExactly(250, 250, 250, 250);
        assertThat(onOwnLoop).hasSize(1_000).containsOnly(true);
        assertThat(accepted).map(client -> client.channel().eventLoop()).satisfies(
                all -> all.stream().distinct()
                        .forEach(one -> assertThat(Collections.frequency(all, one)).isEqualTo(250)));

        for (SocketChannel client : clients) {
            client.close();
        }
        accepted.forEach(client -> client.channel().close().syncUninterruptibly());
        Awaitility.await().untilAsserted(() -> assertThat(loops.clients()).containsOnly(0));
    }

    @Test
    void aClientThatNobodyWantsIsClosed() throws Exception {
        Path path = dir.resolve("s");
        deploy(new Address.UnixPath(path.toString()), _ -> {
            throw new IllegalStateException("not today (this stack trace is part of a test)");
        });
        ListenBus.accept(vertx);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        Awaitility.await().untilAsserted(() -> assertThat(loops.clients()).containsOnly(0));
    }

    @Test
    void saysWhyItCannotBind() throws Exception {
        assertThatThrownBy(() -> listen(new Address.UnixPath("/nonexistent/s")))
                .hasMessage("Failed to bind to /nonexistent/s: No such file or directory");
        Path file = Files.writeString(dir.resolve("file"), "precious");
        assertThatThrownBy(() -> listen(new Address.UnixPath(file.toString())))
                .hasMessage("Failed to bind to " + file + ": The file exists and is not a socket");
        assertThat(file).hasContent("precious");
        String tooLong = "/" + "x".repeat(120);
        assertThatThrownBy(() -> listen(new Address.UnixPath(tooLong)))
                .hasMessage("Failed to bind to " + tooLong + ": File name too long");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Address taken = Address.of(other.getLocalSocketAddress());
            assertThatThrownBy(() -> listen(taken))
                    .hasMessage("Failed to bind to " + taken + ": Address already in use");
        }
        assertThatThrownBy(() -> listen(parse("192.0.2.200:0")))
                .hasMessage("Failed to bind to 192.0.2.200: Cannot assign requested address");
    }

    @Test
    void replacesADeadListenerButNotALiveOne() throws Exception {
        Path path = dir.resolve("s");
        Address address = new Address.UnixPath(path.toString());
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path)).close();

        String first = listen(address);
        assertThatThrownBy(() -> listen(address)).hasMessage("Failed to bind to " + path + ": Address already in use");
        assertThat(path).exists();

        // when the path has become somebody else's
        Files.delete(path);
        listen(address);
        vertx.undeploy(first).await();

        // then it stays
        ListenBus.accept(vertx);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            next();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void relativePathsStartAtTheBaseAndReplaceNothing() throws Exception {
        Path path = dir.resolve("relative.sock");
        listen(new Address.UnixPath("relative.sock"));
        assertThat(path).exists();
        assertThat(Files.getPosixFilePermissions(path)).isNotEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
        ListenBus.accept(vertx);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(next().listener()).hasToString("relative.sock");
            assertThat(client.isConnected()).isTrue();
        }
        Files.createFile(dir.resolve("taken"));
        assertThatThrownBy(() -> listen(new Address.UnixPath("taken")))
                .hasMessage("Failed to bind to taken: Address already in use");
    }

    @Test
    void inheritedSocketsAreTakenOverAsTheyAre() throws Exception {
        Path path = dir.resolve("inherited");
        Socket unix = Socket.newSocketDomain();
        Socket tcp = Socket.newSocketStream();
        try {
            unix.bind(new io.netty.channel.unix.DomainSocketAddress(path.toString()));
            unix.listen(8);
            tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            tcp.listen(8);
            String id = adopt(unix);
            adopt(tcp);
            try (SocketChannel early = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                assertThat(accepted).isEmpty();
                ListenBus.accept(vertx);
                AcceptedClient session = next();
                assertThat(session.listener()).hasToString(path.toString());
                assertThat(session.credentials()).isPresent();
                assertThat(early.isConnected()).isTrue();
            }
            try (SocketChannel client = SocketChannel.open(tcp.localAddress())) {
                AcceptedClient session = next();
                assertThat(session.listener()).isEqualTo(Address.of(tcp.localAddress()));
                assertThat(TestedTransport.keepAlive(session.channel())).containsExactly(60, 10, 6);
                assertThat(session.peer()).isEqualTo(Address.of(client.getLocalAddress()));
            }
            assertThat(tcp.isKeepAlive()).isFalse();
            assertThat(tcp.isTcpNoDelay()).isFalse();
            assertThat(tcp.isReuseAddress()).isFalse();

            vertx.undeploy(id).await();

            assertThat(path).exists();
            try (SocketChannel late = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                assertThat(late.isConnected()).as("waits for whoever comes next").isTrue();
            }
            assertThat(accepted).isEmpty();
        } finally {
            unix.close();
            tcp.close();
        }
    }

    private String adopt(Socket socket) throws IOException {
        return vertx.deployVerticle(ListenerVerticle.adopting(transport,
                new InheritedSocket(socket.intValue(), "x", SocketFacts.of(socket.intValue())), loops,
                accepted::add)).await();
    }

    @Test
    void theFallbackTransportTakesNoInheritedSockets() throws Exception {
        Vertx nio = Vertx.builder().withTransport(io.vertx.core.transport.Transport.NIO).build();
        Socket socket = Socket.newSocketStream();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.listen(8);
            ListenerVerticle listener = ListenerVerticle.adopting(Transport.of(nio),
                    new InheritedSocket(socket.intValue(), "x", SocketFacts.of(socket.intValue())),
                    new EventLoopBalance(nio), accepted::add);

            assertThatThrownBy(() -> nio.deployVerticle(listener).await()).isInstanceOf(IOException.class)
                    .hasMessageMatching("Failed to take over descriptor \\d+ \\(\"x\", 127\\.0\\.0\\.1:\\d+\\):"
                            + " Inherited sockets need the native transport");
        } finally {
            socket.close();
            nio.close().await();
        }
    }

    @Test
    void theFallbackTransportListensToo() throws Exception {
        Vertx nio = Vertx.builder().withTransport(io.vertx.core.transport.Transport.NIO).build();
        try {
            Path path = dir.resolve("nio");
            nio.deployVerticle(new ListenerVerticle(Transport.of(nio), new Address.UnixPath(path.toString()), dir,
                    new EventLoopBalance(nio), accepted::add)).await();
            ListenBus.accept(nio);
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                AcceptedClient session = next();
                assertThat(session.peer()).hasToString("?");
                assertThat(session.credentials()).isEmpty();
                assertThat(client.isConnected()).isTrue();
            }
        } finally {
            nio.close().await();
        }
    }

    private AcceptedClient acceptsTcp(String where, String client) throws Exception {
        ListenerVerticle listener = new ListenerVerticle(transport, parse(where), dir, loops, this::accept);
        vertx.deployVerticle(listener).await();
        ListenBus.accept(vertx);
        int port = ((Address.Inet) listener.address()).socket().getPort();
        SocketAddress server = new InetSocketAddress(InetAddress.ofLiteral(client), port);
        try (SocketChannel channel = SocketChannel.open(server)) {
            AcceptedClient session = next();
            assertThat(session.listener()).isEqualTo(listener.address());
            assertThat(session.peer()).isEqualTo(Address.of(channel.getLocalAddress()));
            assertThat(session.channel().config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
            assertThat(session.channel().config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(TestedTransport.keepAlive(session.channel())).containsExactly(60, 10, 6);
            return session;
        }
    }

    private static Address parse(String text) throws IOException {
        return AddressParser.parseNumeric(ByteString.of(text), 3306, Purpose.LISTEN);
    }

    private void accept(AcceptedClient client) {
        onOwnLoop.add(client.channel().eventLoop().inEventLoop());
        accepted.add(client);
    }

    private AcceptedClient next() throws InterruptedException {
        return Objects.requireNonNull(accepted.poll(60, TimeUnit.SECONDS), "nobody was accepted");
    }

    private String listen(Address address) {
        return deploy(address, this::accept);
    }

    private String deploy(Address address, Consumer<AcceptedClient> consumer) {
        return vertx.deployVerticle(new ListenerVerticle(transport, address, dir, loops, consumer)).await();
    }

    private Object attribute(String name) {
        try {
            return Files.getAttribute(dir, name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean hasIpv6() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    }
}
