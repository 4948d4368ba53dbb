package dev.myproxy.metrics;

import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Something that each event loop has one of, made when it is first asked for. Safe to use from every thread. */
public final class PerLoop<T> {

    private final Map<EventLoop, T> parts = new ConcurrentHashMap<>(4);
    private final Supplier<T> factory;

    public PerLoop(Supplier<T> factory) {
        this.factory = factory;
    }

    /** The one of an event loop, always the same. */
    public T of(EventLoop loop) {
        return parts.computeIfAbsent(loop, _ -> factory.get());
    }

    /** All that were made so far. */
    public Collection<T> all() {
        return List.copyOf(parts.values());
    }

    /** The sum of a number of each, as metrics want it. */
    public double sum(ToLongFunction<T> number) {
        return (double) parts.values().stream().mapToLong(number).sum();
    }
}
