package dev.myproxy.bench.load;

import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions that log in and do nothing, until they are closed. Made by {@link Generator#idle}. */
public final class IdleSessions implements AutoCloseable {

    /** How many logins may be under way at a time. */
    private static final int AT_A_TIME = 32;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Generator generator;
    private final Endpoint endpoint;
    private final Measuring measuring = new Measuring();
    private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
    private int size;

    IdleSessions(Generator generator, Endpoint endpoint) {
        this.generator = generator;
        this.endpoint = endpoint;
    }

    /** Opens more, until there are so many, and waits for their logins. */
    public void grow(int sessions) throws IOException, InterruptedException {
        CompletableFuture<Void> all = new CompletableFuture<>();
        AtomicInteger toBegin = new AtomicInteger(sessions - size);
        AtomicInteger toEnd = new AtomicInteger(sessions - size);
        for (int i = Math.min(AT_A_TIME, sessions - size); i > 0; i--) {
            next(toBegin, toEnd, all);
        }
        if (sessions > size) {
            measuring.await(all, LIMIT, "the logins of " + sessions + " idle sessions");
        }
        size = sessions;
    }

    private void next(AtomicInteger toBegin, AtomicInteger toEnd, CompletableFuture<Void> all) {
        if (toBegin.getAndDecrement() <= 0) {
            return;
        }
        generator.connect(endpoint, generator.nextLoop(), new Single() {
            @Override
            public void loggedIn(Session session) {
                channels.add(session.channel());
                if (toEnd.decrementAndGet() == 0) {
                    all.complete(null);
                } else {
                    next(toBegin, toEnd, all);
                }
            }

            @Override
            public void failed(String reason) {
                measuring.fail("Idle session " + (channels.size() + 1) + ": " + reason);
            }
        });
    }

    /** Fails if any of them is not there any more. */
    public void pass(Duration time) throws IOException, InterruptedException {
        measuring.pass(time);
    }

    @Override
    public void close() {
        measuring.end();
        Generator.closeAll(channels);
    }
}
