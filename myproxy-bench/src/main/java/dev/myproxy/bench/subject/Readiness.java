package dev.myproxy.bench.subject;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hears when a process says that it is ready, in the place of a service manager: sd_notify(3). */
final class Readiness implements AutoCloseable {

    /** The variable that names the socket. */
    static final String VARIABLE = "NOTIFY_SOCKET";

    private static final String READY = "READY=1";

    private final Path path;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("ready", true),
            EpollIoHandler.newFactory());
    private final CompletableFuture<Long> ready = new CompletableFuture<>();
    private final Channel channel;

    /** @param path of the socket, which does not exist yet */
    Readiness(Path path) throws IOException {
        this.path = path;
        var bound = new Bootstrap().group(loop).channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        String text = packet.content().toString(StandardCharsets.UTF_8);
                        if (text.lines().anyMatch(READY::equals)) {
                            ready.complete(System.nanoTime());
                        }
                    }
                }).bind(new DomainSocketAddress(path.toFile())).awaitUninterruptibly();
        channel = bound.channel();
        if (!bound.isSuccess()) {
            var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException("Can't listen for readiness at " + path, bound.cause());
        }
    }

    /** The System.nanoTime() of the message, if it comes within this time or has come already. */
    OptionalLong await(Duration limit) throws InterruptedException {
        try {
            return OptionalLong.of(ready.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return OptionalLong.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nothing fails it", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close().awaitUninterruptibly();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        Files.deleteIfExists(path);
    }
}
