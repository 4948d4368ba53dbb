package dev.myproxy.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.myproxy.transport.TestedTransport#nativeKinds")
class TransportTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final Vertx vertx = Vertx.builder().withTransport(Transport.preferred()).build();
    private final Sockets kind;
    private final Transport transport;
    private final EventLoop loop;
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

    TransportTest(Sockets kind) {
        this.kind = kind;
        transport = TestedTransport.of(kind, vertx);
        loop = transport.loops().next();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        transport.close();
    }

    @Test
    void usesWhatWasAskedFor() {
        assertThat(transport.sockets()).isEqualTo(kind);
    }

    @Test
    void connectsOverIpv4() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Channel channel = connects(Address.of(server.getLocalSocketAddress()));
            assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
            assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(TestedTransport.keepAlive(channel)).containsExactly(60, 10, 6);
        }
    }

    @Test
    void connectsOverIpv6() throws Exception {
        assumeTrue(NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null, "this machine has no IPv6");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            connects(Address.of(server.getLocalSocketAddress()));
        }
    }

    @Test
    void connectsToUnixSockets() throws Exception {
        Path path = dir.resolve("s");
        try (ServerSocketChannel server = unixServer(path, 1)) {
            connects(Address.of(server.getLocalAddress()));
        }
    }

    @Test
    void connectsToAbstractSockets() throws Exception {
        Address address = new Address.Abstract("myproxy-test-" + UUID.randomUUID());
        Socket server = Socket.newSocketDomain();
        try {
            server.bind(address.toNetty());
            server.listen(1);
            connects(address);
        } finally {
            server.close();
        }
    }

    @Test
    void saysWhyItFailed() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = server.getLocalPort();
        }
        Path dead = dir.resolve("dead");
        unixServer(dead, 1).close();

        assertThat(failure(Address.inet(InetAddress.ofLiteral("127.0.0.1"), port)))
                .isEqualTo("Failed to connect to 127.0.0.1:" + port + ": Connection refused");
        assertThat(failure(new Address.UnixPath(dead.toString())))
                .isEqualTo("Failed to connect to " + dead + ": Connection refused");
        assertThat(failure(new Address.UnixPath("/nonexistent/s")))
                .isEqualTo("Failed to connect to /nonexistent/s: No such file or directory");
        assertThat(failure(new Address.Abstract("myproxy-test-nobody")))
                .isEqualTo("Failed to connect to @myproxy-test-nobody: Connection refused");
        assertThat(failure(new Address.UnixPath("/" + "x".repeat(120)))).endsWith(": File name too long");
        assertThat(events).isEmpty();
    }

    @Test
    void waitsWhileTheBacklogOfAUnixSocketIsFull() throws Exception {
        // given a server with room for one waiting client, and that one
        Path path = dir.resolve("busy");
        Address address = new Address.UnixPath(path.toString());
        try (ServerSocketChannel server = unixServer(path, 1)) {
            List<Future<Channel>> connecting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                connecting.add(transport.connect(loop, address, new Recorder(), TIMEOUT));
            }
            Awaitility.await().until(() -> connecting.stream().anyMatch(Future::isSuccess));
            assertThat(connecting).anyMatch(future -> !future.isDone());

            // when the server accepts them
            for (int i = 0; i < 20; i++) {
                server.accept().close();
            }

            // then all get through
            Awaitility.await().until(() -> connecting.stream().allMatch(Future::isSuccess));
        }
    }

    @Test
    void givesUpWhenTheBacklogStaysFull() throws Exception {
        Path path = dir.resolve("full");
        Address address = new Address.UnixPath(path.toString());
        try (ServerSocketChannel server = unixServer(path, 1)) {
            List<SocketChannel> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(path)));
            }
            assertThat(server.isOpen()).isTrue();
            assertThat(failure(address, Duration.ofMillis(100))).endsWith(": Connection timed out");
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    @Test
    void givesUpOnASilentNetwork() throws Exception {
        // given a TCP server whose backlog is full, so that it answers no further SYN
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Address address = Address.of(server.getLocalSocketAddress());
            List<SocketChannel> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(SocketChannel.open(server.getLocalSocketAddress()));
            }
            assertThat(failure(address, Duration.ofMillis(200))).endsWith(": Connection timed out");
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    @Test
    void cancellingClosesTheSocket() throws Exception {
        Path path = dir.resolve("cancelled");
        try (ServerSocketChannel server = unixServer(path, 1)) {
            Address address = new Address.UnixPath(path.toString());
            List<Future<Channel>> connecting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                connecting.add(transport.connect(loop, address, new Recorder(), TIMEOUT));
            }
            Future<Channel> last = connecting.getLast();
            assertThat(last.cancel(false)).isTrue();
            assertThatThrownBy(last::get).isInstanceOf(CancellationException.class);

            for (int i = 0; i < 4; i++) {
                server.accept().close();
            }
            Awaitility.await().until(() -> connecting.stream().allMatch(Future::isDone));
            server.configureBlocking(false);
            assertThat(server.accept()).isNull();
        }
    }

    @Test
    void withoutTheNativeTransportAbstractSocketsFailWithAReason() throws Exception {
        Vertx nio = Vertx.builder().withTransport(io.vertx.core.transport.Transport.NIO).build();
        try (ServerSocketChannel server = unixServer(dir.resolve("nio"), 5)) {
            Transport fallback = Transport.of(nio);
            assertThat(fallback.sockets()).isEqualTo(Sockets.NIO);
            EventLoop nioLoop = ((VertxInternal) nio).nettyEventLoopGroup().next();
            Address unix = Address.of(server.getLocalAddress());
            Channel channel = fallback.connect(nioLoop, unix, new Recorder(), TIMEOUT).get(60, TimeUnit.SECONDS);
            assertThat(Address.of(channel.remoteAddress())).isEqualTo(unix);

            assertThatThrownBy(() -> fallback.connect(nioLoop, new Address.Abstract("x"), new Recorder(), TIMEOUT)
                    .get(60, TimeUnit.SECONDS)).hasRootCauseMessage("Abstract sockets need the native transport");
            assertThatThrownBy(() -> fallback
                    .connect(nioLoop, new Address.UnixPath("/nonexistent/s"), new Recorder(), TIMEOUT)
                    .get(60, TimeUnit.SECONDS)).extracting(ErrorText::of)
                    .isEqualTo("No such file or directory");
        } finally {
            nio.close().await();
        }
    }

    private Channel connects(Address address) throws Exception {
        Channel channel = transport.connect(loop, address, new Recorder(), TIMEOUT).get(60, TimeUnit.SECONDS);
        assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo("active true");
        assertThat(channel.eventLoop()).isSameAs(loop);
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(Address.of(channel.remoteAddress())).isEqualTo(address);
        Awaitility.await().untilAsserted(() -> assertThat(channel.pipeline().names()).hasSize(2));
        return channel;
    }

    private String failure(Address address) throws Exception {
        return failure(address, TIMEOUT);
    }

    private String failure(Address address, Duration timeout) throws Exception {
        try {
            Channel channel = transport.connect(loop, address, new Recorder(), timeout).get(60, TimeUnit.SECONDS);
            throw new AssertionError("connected: " + channel);
        } catch (ExecutionException e) {
            return transport.describe(e, address);
        }
    }

    private static ServerSocketChannel unixServer(Path path, int backlog) throws Exception {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path), backlog);
    }

    private final class Recorder extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            events.add("active " + context.channel().eventLoop().inEventLoop());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The servers of these tests close without reading.
            var _ = context.close();
        }
    }
}
