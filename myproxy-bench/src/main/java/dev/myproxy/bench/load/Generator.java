package dev.myproxy.bench.load;

import dev.myproxy.address.Address;
import dev.myproxy.transport.Sockets;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/** Makes load with event loops of its own. For one thread; what it does blocks that thread, never the event loops. */
public final class Generator implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** How long sessions get to say goodbye. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Duration BULK_LIMIT = Duration.ofMinutes(5);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MAX_READ_BYTES = 1 << 20;
    private static final int SEED = 20_251;

    private final IoEventLoopGroup loops;

    /** @param threads how many event loops share the sessions */
    public Generator(int threads) {
        loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("load", true),
                EpollIoHandler.newFactory());
    }

    EventLoop nextLoop() {
        return loops.next();
    }

    /** Opens a connection and logs in; the duty is told of everything. */
    Channel connect(Endpoint endpoint, EventLoop loop, Duty duty) {
        Address address = endpoint.address();
        Bootstrap bootstrap = new Bootstrap().group(loop).channelFactory(() -> Sockets.EPOLL.newChannel(address))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 2048, MAX_READ_BYTES))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new SessionLogin(endpoint.credentials(), endpoint.encrypted(), duty));
                    }
                });
        if (address instanceof Address.Inet) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true);
        }
        ChannelFuture connecting = bootstrap.connect(address.toNetty());
        connecting.addListener(result -> {
            if (!result.isSuccess()) {
                duty.failed("Can't connect to " + address + ": " + result.cause());
            }
        });
        return connecting.channel();
    }

    /** Selects rows by their keys in so many sessions. */
    public Rates pointSelects(Endpoint endpoint, int connections, Statement statement, Window window)
            throws IOException, InterruptedException {
        Measuring measuring = new Measuring();
        Queue<Channel> channels = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        AtomicInteger missing = new AtomicInteger(connections);
        SplittableRandom random = new SplittableRandom(SEED);
        try {
            for (int i = 0; i < connections; i++) {
                channels.add(connect(endpoint, nextLoop(),
                        new PointSelects(measuring, statement, random.split(), () -> {
                            if (missing.decrementAndGet() == 0) {
                                ready.complete(null);
                            }
                        })));
            }
            measuring.await(ready, LIMIT, "the logins of " + connections + " sessions at " + endpoint.address());
            return measuring.measure(window);
        } finally {
            measuring.end();
            awaitClosed(channels, GOODBYE);
            closeAll(channels);
        }
    }

    /** Connects, logs in, selects and quits again and again, so many at a time. */
    public Rates connects(Endpoint endpoint, int connections, Window window) throws IOException, InterruptedException {
        Measuring measuring = new Measuring();
        try {
            for (int i = 0; i < connections; i++) {
                EventLoop loop = nextLoop();
                Connects duty = new Connects(measuring, measuring.histogram(loop),
                        self -> connect(endpoint, loop, self));
                loop.execute(duty::begin);
            }
            return measuring.measure(window);
        } finally {
            measuring.end();
        }
    }

    /** Logs in, for statements of whatever kind. */
    public SqlSession open(Endpoint endpoint) throws IOException, InterruptedException {
        return SqlSession.open(this, endpoint, new Single(), LIMIT);
    }

    /** Has a statement answered and drops what comes. */
    public Transfer download(Endpoint endpoint, String sql, ProcessorClock clock)
            throws IOException, InterruptedException {
        try (SqlSession session = open(endpoint)) {
            Duration processor = clock.read();
            long start = System.nanoTime();
            session.execute(BULK_LIMIT, sql);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new Transfer(session.receivedBytes(), elapsed, clock.read().minus(processor));
        }
    }

    /**
     * Runs a statement that asks for a file.
     *
     * @param sql   gives the statement for a number of lines
     * @param bytes of the file
     */
    public Transfer upload(Endpoint endpoint, LongFunction<String> sql, long bytes, ProcessorClock clock)
            throws IOException, InterruptedException {
        Upload upload = new Upload(bytes);
        try (SqlSession session = SqlSession.open(this, endpoint, upload, LIMIT)) {
            Duration processor = clock.read();
            long start = System.nanoTime();
            session.execute(BULK_LIMIT, sql.apply(Upload.lines(bytes)));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (upload.sentBytes() < bytes) {
                throw new LoadException("The server did not ask for the file");
            }
            return new Transfer(upload.sentBytes(), elapsed, clock.read().minus(processor));
        } finally {
            upload.release();
        }
    }

    /** Idle sessions, none at first. */
    public IdleSessions idle(Endpoint endpoint) {
        return new IdleSessions(this, endpoint);
    }

    /** Closes channels and waits until they are. */
    static void closeAll(Collection<Channel> channels) {
        for (Channel each : channels) {
            var _ = each.close();
        }
        awaitClosed(channels, LIMIT);
    }

    private static void awaitClosed(Collection<Channel> channels, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        channels.forEach(channel -> channel.closeFuture().awaitUninterruptibly(deadline - System.nanoTime(),
                TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, LIMIT.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
