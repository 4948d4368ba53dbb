package dev.myproxy.metrics;

import dev.myproxy.listen.AcceptedClient;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server for a few pages. It answers one request per connection, whose body it ignores. A connection that is not through
 * after {@link #LIMIT}, for whatever reason, is closed, and so is one that comes while there are
 * {@value #MAX_CONNECTIONS}: whoever may connect can't take more of the daemon than that. Safe to use from every thread.
 */
public final class HttpPages {

    /** How long a connection may take. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    static final int MAX_CONNECTIONS = 64;

    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 16 << 10;

    private final Vertx vertx;
    private final Map<String, Page> pages;
    private final Duration limit;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param pages by path, such as {@code /metrics}
     */
    public HttpPages(Vertx vertx, Map<String, Page> pages) {
        this(vertx, pages, LIMIT);
    }

    HttpPages(Vertx vertx, Map<String, Page> pages, Duration limit) {
        this.vertx = vertx;
        this.pages = new TreeMap<>(pages);
        this.limit = limit;
    }

    /** Serves a client. Called on the event loop of its channel. */
    public void accept(AcceptedClient client) {
        Channel channel = client.channel();
        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            connections.decrementAndGet();
            var _ = channel.close();
            return;
        }
        Runnable giveUp = () -> {
            var _ = channel.close();
        };
        Future<?> deadline = channel.eventLoop().schedule(giveUp, limit.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> {
            connections.decrementAndGet();
            deadline.cancel(false);
        });
        channel.pipeline().addLast(
                new HttpServerCodec(
                        new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS)),
                new HttpRequests(vertx, pages));
        channel.config().setAutoRead(true);
    }
}
