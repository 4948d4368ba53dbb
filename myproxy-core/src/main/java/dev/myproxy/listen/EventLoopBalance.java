package dev.myproxy.listen;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * Spreads clients over the event loops: each goes to the loop with the fewest, in turn where several have as few. Listeners
 * are spread over the same loops. One for all listeners. Safe to use from every thread.
 */
public final class EventLoopBalance {

    private final List<Load> loads;
    private final AtomicInteger turn = new AtomicInteger();

    /** Over the event loops of a Vert.x instance. */
    public EventLoopBalance(Vertx vertx) {
        this(((VertxInternal) vertx).nettyEventLoopGroup());
    }

    public EventLoopBalance(EventLoopGroup group) {
        this.loads = StreamSupport.stream(group.spliterator(), false)
                .map(loop -> new Load((EventLoop) loop, new AtomicInteger())).toList();
    }

    /** The event loop of a listener: one of those of clients, so that most clients need not change threads. */
    EventLoop next() {
        return loads.get(Math.floorMod(turn.getAndIncrement(), loads.size())).loop;
    }

    /** Chooses the event loop of a client, which counts there until its channel is closed. */
    EventLoop assign(Channel client) {
        int first = Math.floorMod(turn.getAndIncrement(), loads.size());
        Load least = loads.get(first);
        for (int i = 1; i < loads.size(); i++) {
            Load other = loads.get((first + i) % loads.size());
            if (other.clients.get() < least.clients.get()) {
                least = other;
            }
        }
        AtomicInteger clients = least.clients;
        clients.incrementAndGet();
        client.closeFuture().addListener(_ -> clients.decrementAndGet());
        return least.loop;
    }

    /** How many clients each event loop has. */
    public List<Integer> clients() {
        List<Integer> counts = new ArrayList<>();
        for (Load load : loads) {
            counts.add(load.clients.get());
        }
        return counts;
    }

    private record Load(EventLoop loop, AtomicInteger clients) {}
}
