package dev.myproxy.http;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection unless it is put off in time. Used on the connection's event loop, but for what says otherwise.
 */
final class Deadline {

    private final Channel channel;
    private final Duration limit;
    private volatile long sinceNanos = System.nanoTime();
    private Future<?> end;

    Deadline(Channel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
        this.end = begin();
    }

    private Future<?> begin() {
        return channel.eventLoop().schedule(this::close, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Not by the pipeline: there it would wait until the client has taken what was written before. */
    private void close() {
        channel.unsafe().close(channel.voidPromise());
    }

    /** Closes the connection now. From any thread. */
    void expire() {
        channel.eventLoop().execute(this::close);
    }

    /** How long it is since the connection began or was put off. From any thread. */
    long ageNanos() {
        return System.nanoTime() - sinceNanos;
    }

    void restart() {
        if (end.cancel(false)) {
            sinceNanos = System.nanoTime();
            end = begin();
        }
    }

    void stop() {
        end.cancel(false);
    }
}
