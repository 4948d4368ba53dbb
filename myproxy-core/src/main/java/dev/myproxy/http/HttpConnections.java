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
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Speaks HTTP with clients that a listener has accepted. Of their connections there are {@value #MAX_CONNECTIONS} at most: a
 * further one takes the place of that on which no answer has been taken for the longest time, so that idle ones keep
 * nobody out. One on which none has been taken in {@link #LIMIT} is closed, whatever it is busy with. Safe to use from
 * every thread.
 */
public final class HttpConnections {

    /** How long a connection may last without an answer: waiting, asking, rendering and sending included. */
    public static final Duration LIMIT = Duration.ofSeconds(90);

    static final int MAX_CONNECTIONS = 64;

    private final VertxInternal vertx;
    private final EventLoopContexts contexts;
    private final Handler<HttpServerRequest> requests;
    private final Duration limit;
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
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
        while (open.size() >= MAX_CONNECTIONS) {
            open.stream().max(Comparator.comparingLong(Deadline::ageNanos)).filter(open::remove)
                    .ifPresent(Deadline::expire);
        }
        Deadline deadline = new Deadline(channel, limit);
        open.add(deadline);
        channel.closeFuture().addListener(_ -> {
            open.remove(deadline);
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
