package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.bus.LocalCodec;
import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.metrics.Servers;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptBus;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.session.meters.SessionMeters;
import dev.myproxy.transport.Connector;
import dev.myproxy.transport.EventLoopContexts;
import dev.myproxy.transport.SocketOptions;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxBootstrap;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Real sessions without sockets, threads and time: everything happens on the thread of the test, when it says so. What is
 * random is left out of nothing; but clocks stand still until the test moves them.
 *
 * <p>It counts each buffer, so that a session can be shown to leave none. It serves one session after the other.
 */
final class ScriptedProxy implements AutoCloseable {

    private static final Address SERVER = new Address.Inet(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 3306));
    private static final Address LISTENER = new Address.Inet(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 3307));
    private static final int MANY_ROUNDS = 100_000;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final ManualIoEventLoop loop = new ManualIoEventLoop(null, Thread.currentThread(), _ -> new NoSockets(),
            ticker);
    private final Vertx vertx;
    private final Sessions sessions;

    private UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private Function<ScriptEvent, Decision> engine = _ -> new Decision.Failed("nobody decides");
    private final List<ScriptedChannel> servers = new ArrayList<>();
    private final Deque<Message<ScriptEvent>> questions = new ArrayDeque<>();
    private boolean refusing;
    private boolean smallSockets;

    ScriptedProxy() {
        vertx = VertxBootstrap.create().executorServiceFactory((_, _, _) -> new Inline()).init().vertx();
        LocalCodec.register(vertx.eventBus());
        EventLoopContexts contexts = new EventLoopContexts(vertx);
        sessions = new Sessions(contexts, new ToTheTest(), SessionSettings.DEFAULT, new SessionMeters(new Servers()),
                new PasswordWork(Runnable::run));
        contexts.of(loop).runOnContext(
                _ -> vertx.eventBus().<ScriptEvent>localConsumer(ScriptBus.EVENTS, this::asked));
        settle();
    }

    /**
     * Accepts a client.
     *
     * @param script decides when {@link #answer} is called
     */
    ScriptedChannel accept(Handlers handlers, Function<ScriptEvent, Decision> script, boolean small) {
        allocator = new UnpooledByteBufAllocator(false, true);
        engine = script;
        smallSockets = small;
        refusing = false;
        servers.clear();
        ScriptedChannel client = newChannel();
        client.connect();
        client.unsafe().register(loop, client.newPromise());
        settle();
        Handlers taking = new Handlers(handlers.run(), handlers.id(), handlers.defined(),
                handlers.options().toBuilder().allowCleartext(true).build());
        TestProxy.host(sessions, taking).take(new AcceptedClient(client, LISTENER, LISTENER, Optional.empty()));
        settle();
        return client;
    }

    private ScriptedChannel newChannel() {
        ScriptedChannel channel = new ScriptedChannel(allocator);
        SocketOptions.apply(channel, SERVER);
        if (smallSockets) {
            channel.fillsSoon();
        }
        return channel;
    }

    /** Connections to servers fail from now on. */
    void refuseConnections() {
        refusing = true;
    }

    static Address server() {
        return SERVER;
    }

    /** The connections to servers, oldest first. */
    List<ScriptedChannel> servers() {
        return servers;
    }

    /** Whether there is a session. */
    boolean hasSession() {
        return sessions.count() > 0;
    }

    Sessions sessions() {
        return sessions;
    }

    /** Whether the script has been asked and has not decided. */
    boolean hasQuestion() {
        return !questions.isEmpty();
    }

    /** The script decides on the oldest question. */
    void answer() {
        Message<ScriptEvent> question = questions.poll();
        if (question != null) {
            question.reply(engine.apply(question.body()));
        }
    }

    /** Time passes. */
    void pass(Duration time) {
        ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
        settle();
    }

    /** Everything happens that is to happen now. */
    void settle() {
        for (int round = 0; loop.runNow() > 0; round++) {
            if (round > MANY_ROUNDS) {
                throw new AssertionError("The event loop never comes to rest");
            }
        }
    }

    /** Bytes of the buffers that the session has not released. */
    long usedBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    private void asked(Message<ScriptEvent> message) {
        switch (message.body()) {
            case ScriptEvent.Gone _,ScriptEvent.Disconnect _ -> {
            }
            default -> questions.add(message);
        }
    }

    @Override
    public void close() {
        vertx.close();
        settle();
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        settle();
    }

    /** Gives the session a channel to the test instead of one to a server. */
    private final class ToTheTest implements Connector {

        @Override
        public Future<Channel> connect(EventLoop on, Address address, ChannelHandler handler, Duration timeout) {
            Promise<Channel> result = on.newPromise();
            on.execute(() -> {
                if (refusing) {
                    result.tryFailure(new ConnectException("Connection refused"));
                    return;
                }
                ScriptedChannel server = newChannel();
                var _ = on.register(server);
                on.execute(() -> {
                    if (result.setUncancellable()) {
                        servers.add(server);
                        server.connect();
                        server.pipeline().addLast(handler);
                        result.setSuccess(server);
                        server.pipeline().fireChannelActive();
                    } else {
                        var _ = server.close();
                    }
                });
            });
            return result;
        }
    }

    /** What is to run elsewhere runs at once. */
    private static final class Inline extends AbstractExecutorService {

        private volatile boolean shutdown;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }

    /** The event loop has nothing to wait for. */
    private static final class NoSockets implements IoHandler {

        @Override
        public int run(IoHandlerContext context) {
            return 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeup() {
            // never sleeps
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return false;
        }
    }
}
