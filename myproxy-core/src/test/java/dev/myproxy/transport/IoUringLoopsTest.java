package dev.myproxy.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.address.Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.uring.UnixStreamChannel;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Netty's own channels for io_uring lack, and what depends on the order of their operations. */
class IoUringLoopsTest {

    @TempDir
    Path dir;

    private Transport transport;
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        assumeTrue(IoUringLoops.unavailable().isEmpty(), "io_uring does not work here");
        transport = Transport.ioUring(1);
    }

    @AfterEach
    void stop() {
        if (transport != null) {
            transport.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void peerOfAUnixSocketMayCloseItsHalfIfThatIsAllowed(boolean allowed) throws Exception {
        try (SocketChannel client = client(dir.resolve("s"))) {
            Channel channel = accepted(allowed);
            assertThat(channel).isInstanceOf(UnixStreamChannel.class);
            client.write(ByteBuffer.wrap("last words".getBytes(StandardCharsets.US_ASCII)));
            client.shutdownOutput();

            channel.config().setAutoRead(true);

            assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo("last words");
            assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo(allowed ? "half closed" : "closed");
            if (allowed) {
                channel.writeAndFlush(Unpooled.copiedBuffer("answer", StandardCharsets.US_ASCII)).sync();
                channel.close().sync();
            }
            assertThat(received(client)).isEqualTo(allowed ? "answer" : "");
        }
    }

    /** The peer can't send more than its socket holds, and a channel that does not read takes nothing of it. */
    @Test
    void nothingIsReadWhileReadingIsOff() throws Exception {
        try (SocketChannel client = client(dir.resolve("s"))) {
            Channel channel = accepted(true);
            channel.config().setAutoRead(true);
            client.write(ByteBuffer.wrap(new byte[]{'a'}));
            assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo("a");
            channel.eventLoop().submit(() -> channel.config().setAutoRead(false)).sync();

            client.configureBlocking(false);
            ByteBuffer more = ByteBuffer.allocate(64 * 1024);
            int sent = 0;
            for (int count = client.write(more); count > 0; count = client.write(more.clear())) {
                sent += count;
                assertThat(sent).isLessThan(64 << 20);
            }
            assertThat(events).isEmpty();
            assertThat(channel.isActive()).isTrue();
        }
    }

    /** The kernel says once only that the peer is gone, perhaps together with its last words. */
    @Test
    void aConnectionThatBreaksBehindTheLastWordsIsNoticed() throws Exception {
        ServerChannel server = listen(Address.inet(InetAddress.getLoopbackAddress(), 0));
        for (int i = 0; i < 20; i++) {
            try (SocketChannel client = SocketChannel.open(server.localAddress())) {
                Channel channel = accepted(true);
                channel.config().setAutoRead(true);
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
                client.write(ByteBuffer.wrap("last words".getBytes(StandardCharsets.US_ASCII)));
            }
            String first = events.poll(60, TimeUnit.SECONDS);
            assertThat(first).isIn("last words", "closed");
            if (!"closed".equals(first)) {
                assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo("closed");
            }
        }
    }

    /** The system tells of a reset once; the read behind a write that was told so sees the end of the stream alone. */
    @Test
    void aConnectionThatAWriteFoundBrokenIsClosed() throws Exception {
        ServerChannel server = listen(Address.inet(InetAddress.getLoopbackAddress(), 0));
        SocketChannel client = SocketChannel.open(server.localAddress());
        Channel channel = accepted(true);
        channel.config().setAutoClose(false);
        channel.config().setAutoRead(true);

        channel.eventLoop().submit(() -> {
            // what the event loop writes now is told before what it will be woken for
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close();
            var _ = channel.writeAndFlush(Unpooled.copiedBuffer("answer", StandardCharsets.US_ASCII));
            return true;
        }).sync();

        assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void itsThreadsEndWithIt() throws Exception {
        Transport other = Transport.ioUring(2);
        other.close();
        assertThat(other.loops().isTerminated()).isTrue();
    }

    @Test
    void socketsStayWhereTheyAreBound() throws Exception {
        Address tcp = Address.inet(InetAddress.getLoopbackAddress(), 0);
        ServerChannel server = Sockets.IO_URING.listen(tcp, 5);
        transport.loops().register(server).sync();
        Address bound = Address.of(server.localAddress());
        assertThat(bound).isNotEqualTo(tcp);
        assertThatThrownBy(() -> Sockets.IO_URING.listen(bound, 5)).hasMessageContaining("Address already in use");
        server.close().sync();
        Awaitility.await().ignoreExceptions().until(() -> {
            Sockets.IO_URING.listen(bound, 5).unsafe().closeForcibly();
            return true;
        });
    }

    private SocketChannel client(Path path) throws Exception {
        listen(new Address.UnixPath(path.toString()));
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private ServerChannel listen(Address address) throws Exception {
        ServerChannel server = Sockets.IO_URING.listen(address, 5);
        server.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                accepted.add((Channel) message);
            }
        });
        transport.loops().register(server).sync();
        return server;
    }

    private Channel accepted(boolean halfClosure) throws Exception {
        Channel channel = accepted.poll(60, TimeUnit.SECONDS);
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure);
        channel.pipeline().addLast(new Recorder());
        transport.loops().register(channel).sync();
        return channel;
    }

    private static String received(SocketChannel client) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(100);
        while (client.read(all) >= 0) {
            assertThat(all.hasRemaining()).isTrue();
        }
        return new String(all.array(), 0, all.position(), StandardCharsets.US_ASCII);
    }

    private final class Recorder extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf data = (ByteBuf) message;
            events.add(data.toString(StandardCharsets.US_ASCII));
            data.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                events.add("half closed");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The connection is broken, and closed for that.
            var _ = context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            events.add("closed");
        }
    }
}
