package dev.myproxy.transport;

import io.netty.channel.EventLoop;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Vert.x context of each event loop, so that code in Netty's handlers can use the event bus, timers and futures of
 * Vert.x and is called back on the event loop of its channel. Safe to use from every thread.
 */
public final class EventLoopContexts {

    private final VertxInternal vertx;
    private final Map<EventLoop, ContextInternal> contexts = new ConcurrentHashMap<>();

    public EventLoopContexts(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /** The context of an event loop, always the same. */
    public ContextInternal of(EventLoop loop) {
        return contexts.computeIfAbsent(loop, l -> vertx.contextBuilder().withThreadingModel(ThreadingModel.EVENT_LOOP)
                .withEventLoop(l).build());
    }
}
