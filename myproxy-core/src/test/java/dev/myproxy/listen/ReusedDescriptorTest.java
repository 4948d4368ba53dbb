package dev.myproxy.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One wait of an event loop brings three events: a socket has data, whose handler closes another one; a new socket comes into
 * being, with the number of the closed one; and that number, says the third event, has been left by its peer.
 */
class ReusedDescriptorTest {

    /** Other threads may take the number; hardly each time. */
    private static final int ATTEMPTS = 100;

    private final Vertx vertx = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(1))
            .withTransport(Transport.preferred()).build();
    private final Transport transport = Transport.quiet(vertx);
    private final EventLoop loop = ((VertxInternal) vertx).nettyEventLoopGroup().next();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Callable<Channel>> born = new LinkedBlockingQueue<>();
    private ServerSocketChannel server;
    private Address serverAddress;

    @BeforeEach
    void listen() throws IOException {
        assumeTrue(transport.sockets() == Sockets.EPOLL, "only epoll tells of sockets by their numbers");
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        serverAddress = Address.of(server.getLocalAddress());
    }

    @AfterEach
    void stop() throws IOException {
        vertx.close().await();
        server.close();
    }

    @Test
    void aNewClientHearsNothingOfAClosedSocket() throws Exception {
        ListenerVerticle listener = new ListenerVerticle(transport,
                Address.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), Path.of(""),
                new EventLoopBalance(vertx), client -> {
                    client.channel().pipeline().addLast(new Recorder());
                    born.add(client::channel);
                }).atOnce();
        vertx.deployVerticle(listener).await(60, TimeUnit.SECONDS);
        var address = ((Address.Inet) listener.address()).socket();

        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Batch batch = new Batch(() -> {}); SocketChannel client = SocketChannel.open()) {
                if (batch.reuses(() -> client.connect(address))) {
                    assertUntouched(client);
                    return;
                }
            }
        }
        assumeTrue(false, "no client got the number of a closed socket");
    }

    @Test
    void aNewConnectionHearsNothingOfAClosedSocket() throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Batch batch = new Batch(
                    () -> connect(new Recorder()).addListener(c -> born.add(() -> (Channel) c.get())))) {
                boolean reused = batch.reuses(() -> true);
                try (SocketChannel peer = server.accept()) {
                    if (reused) {
                        assertUntouched(peer);
                        return;
                    }
                }
            }
        }
        assumeTrue(false, "no connection got the number of a closed socket");
    }

    /** The new socket notices its peer's departure, and nothing before. */
    private void assertUntouched(SocketChannel peer) throws Exception {
        loop.submit(() -> {}).sync();
        assertThat(events).isEmpty();
        peer.close();
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(events).isNotEmpty());
    }

    private Future<Channel> connect(ChannelInboundHandlerAdapter handler) {
        return transport.connect(loop, serverAddress, handler, Duration.ofSeconds(30));
    }

    private final class Batch implements AutoCloseable {

        private final Channel doomed;
        private final SocketChannel doomedPeer;
        private final Channel trigger;
        private final SocketChannel triggerPeer;
        private final int number;

        /** @param next what the event loop does after it has closed the socket */
        Batch(Runnable next) throws Exception {
            doomed = connect(new Reader(() -> {})).sync().get();
            doomedPeer = server.accept();
            trigger = connect(new Reader(() -> {
                var _ = close(doomed);
                next.run();
            })).sync().get();
            triggerPeer = server.accept();
            number = number(doomed);
        }

        /** Whether the next new socket gets the number of the one that is closed. */
        boolean reuses(Callable<?> second) throws Exception {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch free = new CountDownLatch(1);
            loop.execute(() -> {
                held.countDown();
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            held.await();
            triggerPeer.write(ByteBuffer.allocate(1));
            second.call();
            doomedPeer.close();
            free.countDown();
            Callable<Channel> next = born.poll(60, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return number(next.call()) == number;
        }

        @Override
        public void close() throws IOException {
            triggerPeer.close();
            doomedPeer.close();
            close(trigger).syncUninterruptibly();
            close(doomed).syncUninterruptibly();
        }

        private static ChannelFuture close(Channel channel) {
            return channel.close();
        }
    }

    private static int number(Channel channel) {
        return ((UnixChannel) channel).fd().intValue();
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {

        private final Runnable action;

        Reader(Runnable action) {
            this.action = action;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(true);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            action.run();
        }
    }

    private final class Recorder extends ChannelInboundHandlerAdapter {

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            events.add("inactive");
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            events.add("read complete");
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            events.add(event.toString());
        }
    }
}
