package dev.myproxy.metrics;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What is counted for one server. Safe to use from every thread, but each tally belongs to its event loop. */
public final class Server {

    private final String name;
    private final PerLoop<Tally<ServerCounter>> tallies = new PerLoop<>(() -> new Tally<>(ServerCounter.class));

    private final AtomicInteger sessions = new AtomicInteger();

    /** How many use it, and since when nobody does, by {@link System#nanoTime}. Guarded by {@link Servers}. */
    int users;
    long unusedSince;

    Server(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Where an event loop counts. */
    public Tally<ServerCounter> on(EventLoop loop) {
        return tallies.of(loop);
    }

    /** A session is connected to it now, or will be. */
    public void entered() {
        sessions.incrementAndGet();
    }

    /** A session is not connected to it any more. */
    public void left() {
        sessions.decrementAndGet();
    }

    int sessions() {
        return sessions.get();
    }

    double total(ServerCounter counter) {
        return tallies.sum(tally -> tally.get(counter));
    }

    boolean isUntouched() {
        return Stream.of(ServerCounter.values()).allMatch(counter -> total(counter) == 0);
    }
}
