package dev.myproxy.http;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Closes a connection unless it is put off in time. Used on the connection's event loop. */
final class Deadline {

    private final Channel channel;
    private final Duration limit;
    private Future<?> end;

    Deadline(Channel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
        this.end = begin();
    }

    private Future<?> begin() {
        // not by the pipeline: there it would wait until the client has taken what was written before
        return channel.eventLoop().schedule(() -> channel.unsafe().close(channel.voidPromise()), limit.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    void restart() {
        if (end.cancel(false)) {
            end = begin();
        }
    }

    void stop() {
        end.cancel(false);
    }
}
