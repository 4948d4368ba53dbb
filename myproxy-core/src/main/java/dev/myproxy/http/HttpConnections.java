package dev.myproxy.http;

import dev.myproxy.listen.AcceptedClient;
import dev.myproxy.transport.EventLoopContexts;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks HTTP with clients that a listener has accepted. Of their connections there are {@value #MAX_CONNECTIONS} at most, and
 * one on which no answer has been taken in {@link #LIMIT} is closed, whatever it is busy with: whoever may connect can't
 * take more of the daemon than that. Safe to use from every thread.
 */
public final class HttpConnections {

    /** How long a connection may last without an answer: waiting, asking, rendering and sending included. */
    public static final Duration LIMIT = Duration.ofSeconds(90);

    static final int MAX_CONNECTIONS = 64;

    private final VertxInternal vertx;
    private final EventLoopContexts contexts;
    private final Handler<HttpServerRequest> requests;
    private final Duration limit;
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<EventLoop, AdoptingServer> servers = new ConcurrentHashMap<>();

    /**
     * @param contexts the Vert.x context of each event loop
     * @param requests called with each request, on the event loop of its connection
     */
    public HttpConnections(Vertx vertx, EventLoopContexts contexts, Handler<HttpServerRequest> requests) {
        this(vertx, contexts, requests, LIMIT);
    }

    HttpConnections(Vertx vertx, EventLoopContexts contexts, Handler<HttpServerRequest> requests, Duration limit) {
        this.vertx = (VertxInternal) vertx;
        this.contexts = contexts;
        this.requests = requests;
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
        Deadline deadline = new Deadline(channel, limit);
        channel.closeFuture().addListener(_ -> {
            connections.decrementAndGet();
            deadline.stop();
        });
        servers.computeIfAbsent(channel.eventLoop(),
                loop -> AdoptingServer.start(vertx, contexts.of(loop), this::serve))
                .adopt(channel, deadline);
    }

    private void serve(HttpServerRequest request, Deadline deadline) {
        request.response().endHandler(_ -> deadline.restart());
        requests.handle(request);
    }
}
